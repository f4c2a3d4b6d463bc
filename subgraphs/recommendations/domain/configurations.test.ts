import { describe, expect, it } from 'vitest'

import { historyOf } from './basket-history.ts'
import { configurationNames, configurations, isAlgorithm } from './configurations.ts'
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
  it.each(configurationNames)('%s recommends at each place of the shop', (name) => {
    const { page, cart, home, front } = configurations[name](trained)
    for (const recommender of [page, cart, home, front]) {
      const found = recommender.recommend({ members: [1], limit: 5 }).map(({ product }) => product)
      expect(found).toContain(0)
      expect(found).not.toContain(1)
      expect(isAlgorithm(recommender.algorithm)).toBe(true)
    }
    expect(isAlgorithm('magic')).toBe(false)
  })

  it('is trained where that has proved better, and does without before', () => {
    expect(configurations.served(untrained).cart.recommend({ members: [1], limit: 5 })).toHaveLength(1)
    expect(configurations.served(trained).home.algorithm).toBe('ease + trend')
    expect(configurations.served(untrained).home.algorithm).toBe('shrunk-cosine + trend')
  })
})
