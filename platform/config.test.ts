import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { ConfigError, parseConfig } from './config.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  MINUTES: z.coerce.number().positive().max(60).default(15),
  MODE: z.enum(['calm', 'busy']).default('calm'),
  NAME: z.string(),
  SIGNING_SECRET: z.string().min(32).optional(),
  MAIL_URL: z
    .url({ protocol: /^smtp$/ })
    .describe('an address such as smtp://mail.example.org')
    .optional(),
  SHARE: z
    .string()
    .transform((text) => ({ of: text.split(':')[0], share: Number(text.split(':')[1]) }))
    .pipe(z.object({ of: z.enum(['cat', 'dog']), share: z.number() }))
    .describe('cat or dog and a share, such as cat:0.1')
    .optional(),
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
    expect(parseConfig(schema, { NAME: 'souk', PORT: '80', HOME: '/root' })).toEqual({
      NAME: 'souk',
      PORT: 80,
      MINUTES: 15,
      MODE: 'calm',
    })
    expect(parseConfig(schema, { NAME: 'souk' }).PORT).toBe(4000)
  })

  it('takes an empty variable for one that is not set', () => {
    const config = parseConfig(schema, { NAME: 'souk', PORT: '', SIGNING_SECRET: undefined })
    expect(config).toMatchObject({ NAME: 'souk', PORT: 4000 })
  })

  it.each([
    [{ PORT: '70000' }, 'PORT is "70000": expected a whole number from 1 to 65535'],
    [{ PORT: 'http' }, 'PORT is "http": expected a whole number from 1 to 65535'],
    [{ PORT: '80.5' }, 'PORT is "80.5": expected a whole number from 1 to 65535'],
    [{ MINUTES: '0' }, 'MINUTES is "0": expected a number above 0, at most 60'],
    [{ MODE: 'wild' }, 'MODE is "wild": expected one of calm, busy'],
    [{ MAIL_URL: 'mail' }, 'MAIL_URL is "mail": expected an address such as smtp://mail.example.org'],
    [{ NAME: '' }, 'NAME is missing: expected a value'],
    [{ SHARE: 'cow:some' }, 'SHARE is "cow:some": expected cat or dog and a share, such as cat:0.1'],
  ])('says of %o what it is and what was expected', (environment, message) => {
    expect(problem({ NAME: 'souk', ...environment })).toBe(message)
  })

  it('says so of every variable that is wrong', () => {
    expect(problem({ PORT: '0', MODE: 'wild' })).toBe(
      'PORT is "0": expected a whole number from 1 to 65535; MODE is "wild": expected one of calm, busy; ' +
        'NAME is missing: expected a value',
    )
  })

  it('shows no secret', () => {
    const wrong = problem({ NAME: 'souk', SIGNING_SECRET: 'hunter2', MAIL_URL: 'http://ada:hunter2@example.org' })
    expect(wrong).toContain('SIGNING_SECRET is not valid: expected at least 32 characters')
    expect(wrong).toContain('MAIL_URL is "http://...@example.org": expected an address such as smtp://')
    expect(wrong).not.toContain('hunter2')
  })
})
