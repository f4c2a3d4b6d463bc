import { describe, expect, it } from 'vitest'

import { historyOf } from './basket-history.ts'
import { configurationNames, configurations, recommendsFor } from './configurations.ts'
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
      expect(recommendsFor('FITS_YOUR_CART', recommender.algorithm)).toBe(true)
    }
  })

  it.each(configurationNames)('%s has something for whom nothing is known of', (name) => {
    for (const learnt of [trained, untrained]) {
      const { front } = configurations[name](learnt)
      expect(front.recommend({ members: [], limit: 5 })).toHaveLength(3)
      expect(recommendsFor('POPULAR', front.algorithm)).toBe(true)
    }
  })

  it('is told apart by the names of its algorithms', () => {
    const algorithmAtHome = (name: 'served' | 'diverse') => configurations[name](trained).home.algorithm
    expect(algorithmAtHome('served')).toBe('ease + trend')
    expect(algorithmAtHome('diverse')).toBe('ease + trend + diversity')
    expect(recommendsFor('BASED_ON_YOUR_ORDERS', algorithmAtHome('diverse'))).toBe(true)
  })

  it('recommends for no reason that is not its own', () => {
    expect(recommendsFor('SIMILAR', 'text-similarity')).toBe(true)
    expect(recommendsFor('SIMILAR', 'ease')).toBe(false)
    expect(recommendsFor('POPULAR', 'ease')).toBe(false)
    expect(recommendsFor('FITS_YOUR_CART', 'text-similarity')).toBe(false)
    expect(recommendsFor('FITS_YOUR_CART', 'magic')).toBe(false)
  })

  it('is trained where that has proved better, and does without before', () => {
    expect(configurations.served(untrained).cart.recommend({ members: [1], limit: 5 })).toHaveLength(1)
    expect(configurations.served(trained).home.algorithm).toBe('ease + trend')
    expect(configurations.served(untrained).home.algorithm).toBe('shrunk-cosine + trend')
  })
})
