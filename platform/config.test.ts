import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { ConfigError, parseConfig } from './config.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(1, 'expected a port').default(4000),
  NAME: z.string({ error: 'expected a name' }),
  SIGNING_SECRET: z.string().min(32, 'expected at least 32 characters').optional(),
  MAIL_URL: z.url({ protocol: /^smtp$/, error: 'expected smtp://...' }).optional(),
})

function problem(environment: Record<string, string | undefined>): string {
  try {
    parseConfig(schema, environment)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.message
    throw thrown
  }
  throw new Error('there was no problem')
}

describe('the configuration', () => {
  it('is typed, with what is left out filled in, and nothing else in it', () => {
    expect(parseConfig(schema, { NAME: 'souk', PORT: '80', HOME: '/root' })).toEqual({ NAME: 'souk', PORT: 80 })
    expect(parseConfig(schema, { NAME: 'souk' }).PORT).toBe(4000)
  })

  it('takes an empty variable for one that is not set', () => {
    expect(parseConfig(schema, { NAME: 'souk', PORT: '', SIGNING_SECRET: undefined })).toEqual({
      NAME: 'souk',
      PORT: 4000,
    })
  })

  it('says of every variable that is wrong what it is and what was expected', () => {
    expect(problem({ PORT: '0' })).toBe('PORT is "0": expected a port; NAME is missing: expected a name')
    expect(problem({ NAME: '' })).toBe('NAME is missing: expected a name')
  })

  it('shows no secret', () => {
    const wrong = problem({ NAME: 'souk', SIGNING_SECRET: 'hunter2', MAIL_URL: 'http://ada:hunter2@example.org' })
    expect(wrong).toContain('SIGNING_SECRET is not valid: expected at least 32 characters')
    expect(wrong).toContain('MAIL_URL is "http://...@example.org": expected smtp://...')
    expect(wrong).not.toContain('hunter2')
  })
})
