import { expect, it } from 'vitest'

import { StoreUnavailable } from '../errors.ts'
import { createLogger } from './logging.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = ''
  write(createLogger('trace', { write: (line) => (text += line) }))
  return text
}

it('a line shows nothing private, however deep it lies', () => {
  const text = logged((log) => {
    const address = { line1: '12 St James Square', city: 'London' }
    log.info(
      { order: { id: 'o1', lines: [{ sku: 'MUG', deliveries: [{ address }] }] }, email: 'ada@example.org' },
      'sent',
    )
    log.child({ viewer: 'v1', accessToken: 'eyJhbGciOi' }).warn({ session: { refreshToken: 'r3fr35h' } }, 'refused')
  })
  for (const secret of ['St James', 'London', 'ada@example.org', 'eyJhbGciOi', 'r3fr35h'])
    expect(text).not.toContain(secret)
  for (const shown of ['o1', 'MUG', 'sent', 'v1', 'refused']) expect(text).toContain(shown)
})

it('an error is logged with its cause and its stack, without the addresses in their texts', () => {
  const cause = Object.assign(new Error('duplicate key'), { detail: 'Key (email)=(ada@example.org) already exists.' })
  const text = logged((log) => log.error({ err: new Error('no account for bob@example.org', { cause }) }, 'failed'))
  expect(text).not.toContain('example.org')
  const { err } = JSON.parse(text) as { err: { message: string; stack: string; cause: { detail: string } } }
  expect(err.message).toBe('no account for [redacted]')
  expect(err.cause.detail).toBe('Key (email)=([redacted]) already exists.')
  expect(err.stack).toContain('logging.test.ts')
})

it('that somebody is away is no matter of our code: it is logged with its causes, and without a stack', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const outages = [
    refused,
    new StoreUnavailable({ cause: new Error('Connection terminated unexpectedly') }),
    new AggregateError([refused, refused]),
  ]
  for (const err of outages) {
    const text = logged((log) => log.warn({ err }, 'away'))
    expect(text).not.toContain('stack')
    expect(text).toMatch(/ECONNREFUSED|Connection terminated unexpectedly/)
  }
  const mixed = logged((log) =>
    log.warn({ err: new AggregateError([refused, new Error('a fault of ours')]) }, 'failed'),
  )
  expect(mixed).toContain('logging.test.ts')
})

it('leaves what was logged as it is', () => {
  const input = { input: { password: 'a secret of mine' } }
  logged((log) => log.info(input, 'signed up'))
  expect(input.input.password).toBe('a secret of mine')
})
