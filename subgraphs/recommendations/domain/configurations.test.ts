import { describe, expect, it } from 'vitest'

import { historyOf } from './basket-history.ts'
import { configurationNames, configurations, isAlgorithm } from './configurations.ts'
import { configurationFor } from './experiment.ts'
import { packRows } from './packed-rows.ts'
import { trainEase } from './recommenders/ease/train.ts'
import { noWeights } from './recommenders/ease/weights.ts'

const baskets = packRows([
  [0, 1],
  [0, 2],
])
const history = historyOf(baskets, 3)
const trained = { history, weights: trainEase({ baskets, productCount: 3 }) }
const untrained = { history, weights: noWeights }

describe('a configuration', () => {
  it.each(configurationNames)('%s recommends at each place of the shop, trained or not', (name) => {
    for (const learnt of [trained, untrained]) {
      const { page, cart, home, front } = configurations[name](learnt)
      for (const recommender of [page, cart, home, front]) {
        const found = recommender.recommend({ members: [1], limit: 5 }).map(({ product }) => product)
        expect(found).toContain(0)
        expect(found).not.toContain(1)
        expect(isAlgorithm(recommender.algorithm)).toBe(true)
      }
    }
    expect(isAlgorithm('magic')).toBe(false)
  })

  it('is trained where it has proved better', () => {
    expect(configurations.served(trained).home.algorithm).toBe('ease')
    expect(configurations.served(untrained).home.algorithm).toBe('shrunk-cosine')
  })
})

describe('an experiment', () => {
  const experiment = { configuration: 'closest-member', share: 0.25 } as const
  const sessions = Array.from({ length: 4_000 }, (_, number) => `session ${number}`)

  it('takes its share of the sessions, and always the same ones', () => {
    const taken = sessions.map((session) => configurationFor(session, experiment))
    const share = taken.filter((name) => name === 'closest-member').length / sessions.length
    expect(share).toBeGreaterThan(0.22)
    expect(share).toBeLessThan(0.28)
    expect(sessions.map((session) => configurationFor(session, experiment))).toEqual(taken)
  })

  it('takes all or nobody, and nobody without a session', () => {
    expect(configurationFor('one', { ...experiment, share: 1 })).toBe('closest-member')
    expect(configurationFor('one', { ...experiment, share: 0 })).toBe('served')
    expect(configurationFor(undefined, { ...experiment, share: 1 })).toBe('served')
    expect(configurationFor('one', undefined)).toBe('served')
  })
})
