import { describe, expect, it } from 'vitest'

import { historyOf } from '../../basket-history.ts'
import { at, packRows } from '../../packed-rows.ts'
import { invertInPlace } from './inverse.ts'
import { easeOptions, trainEase } from './train.ts'
import { ease, noWeights } from './weights.ts'

const forever = { ...easeOptions, lambda: 2, halvedAfter: Infinity }

describe('the inverse of a symmetric matrix', () => {
  it('times the matrix is one', () => {
    const size = 9
    const matrix = Float32Array.from({ length: size * size }, (_, cell) => {
      const [row, column] = [Math.floor(cell / size), cell % size]
      return row === column ? size : 1 / (1 + row + column)
    })
    const inverse = matrix.slice()
    invertInPlace(inverse, size)
    const lower = (row: number, column: number) => Math.max(row, column) * size + Math.min(row, column)
    for (let row = 0; row < size; row += 1) {
      for (let column = 0; column < size; column += 1) {
        let sum = 0
        for (let place = 0; place < size; place += 1) {
          sum += at(matrix, row * size + place) * at(inverse, lower(place, column))
        }
        expect(sum).toBeCloseTo(row === column ? 1 : 0, 5)
      }
    }
  })

  it.each([
    ['is indefinite', [1, 2, 2, 1]],
    ['holds what is no number', [1, Number.NaN, Number.NaN, 1]],
  ])('is refused where it %s', (_which, cells) => {
    expect(() => invertInPlace(Float32Array.from(cells), 2)).toThrow(RangeError)
  })
})

describe('what is trained', () => {
  it('are the weights of the closed form', () => {
    // Two products in three baskets: G = [[2 + 2, 1], [1, 2 + 2]], and its inverse is [[4, -1], [-1, 4]] / 15.
    const weights = trainEase({ baskets: packRows([[0, 1], [0], [1]]), productCount: 3 }, forever)
    expect([...weights.starts]).toEqual([0, 1, 2, 2])
    expect([...weights.products]).toEqual([1, 0])
    for (const weight of weights.weights) expect(weight).toBeCloseTo(1 / 4)
  })

  it('are of each product only the highest, and only of those that are bought most', () => {
    const baskets = packRows([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1],
      [3, 0],
    ])
    const kept = trainEase({ baskets, productCount: 4 }, { ...forever, kept: 1 })
    expect([...kept.products]).toEqual([1, 0, 1, 0])
    const most = trainEase({ baskets, productCount: 4 }, { ...forever, mostProducts: 2 })
    expect([...most.products]).toEqual([1, 0])
    expect([...most.starts]).toEqual([0, 1, 2, 2, 2])
  })

  it('are numbers, though a robot has bought everything at once, time and again', () => {
    const everything = Array.from({ length: 120 }, (_none, product) => product)
    const baskets = packRows([...Array.from({ length: 1_000 }, () => everything), [], [0], [1, 2]])
    const { weights } = trainEase({ baskets, productCount: 120 })
    expect(weights.length).toBe(120 * easeOptions.kept)
    expect(weights.every((weight) => weight > 0 && weight < 1)).toBe(true)
  })

  it('are none where nothing was bought', () => {
    expect(trainEase({ baskets: packRows([]), productCount: 0 })).toEqual(noWeights)
    expect(trainEase({ baskets: packRows([[]]), productCount: 2 }).weights).toHaveLength(0)
  })

  it('forget what is long ago', () => {
    const baskets = packRows([
      [0, 1],
      [0, 2],
    ])
    const [one, two] = ease(
      historyOf(baskets, 3),
      trainEase({ baskets, productCount: 3 }, { ...forever, halvedAfter: 1 }),
    ).recommend({ members: [0], limit: 2 })
    expect([one?.product, two?.product]).toEqual([2, 1])
    expect(one?.score).toBeGreaterThan(two?.score ?? 1)
  })
})

describe('recommending by what was trained', () => {
  const baskets = packRows([
    [0, 1, 2],
    [0, 1],
    [2, 3],
    [2, 3],
  ])
  const history = historyOf(baskets, 4)
  const recommender = ease(history, trainEase({ baskets, productCount: 4 }, forever))

  it('adds up what the members speak for, and is none of them', () => {
    const [best] = recommender.recommend({ members: [0, 2], limit: 1 })
    expect([1, 3]).toContain(best?.product)
    const all = recommender.recommend({ members: [0, 2], limit: 9 }).map(({ product }) => product)
    expect(all.toSorted()).toEqual([1, 3])
  })

  it('knows nothing of a product that came later, nor before there is a training', () => {
    history.add([4, 0])
    expect(recommender.recommend({ members: [4], limit: 9 })).toEqual([])
    expect(ease(history, noWeights).recommend({ members: [0], limit: 9 })).toEqual([])
  })
})
