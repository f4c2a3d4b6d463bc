import { describe, expect, it } from 'vitest'

import { configurationFor } from './experiment.ts'

describe('an experiment', () => {
  const experiment = { configuration: 'shrunk-cosine', share: 0.25 } as const
  const sessions = Array.from({ length: 4_000 }, (_, number) => `session ${number}`)

  it('takes its share of the sessions, and always the same ones', () => {
    const taken = sessions.map((session) => configurationFor(session, experiment))
    const share = taken.filter((name) => name === 'shrunk-cosine').length / sessions.length
    expect(share).toBeGreaterThan(0.22)
    expect(share).toBeLessThan(0.28)
    expect(sessions.map((session) => configurationFor(session, experiment))).toEqual(taken)
  })

  it('takes all or nobody, and nobody without a session', () => {
    expect(configurationFor('one', { ...experiment, share: 1 })).toBe('shrunk-cosine')
    expect(configurationFor('one', { ...experiment, share: 0 })).toBe('served')
    expect(configurationFor(undefined, { ...experiment, share: 1 })).toBe('served')
    expect(configurationFor('one', undefined)).toBe('served')
  })
})
