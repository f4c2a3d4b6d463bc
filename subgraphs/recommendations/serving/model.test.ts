import { describe, expect, it } from 'vitest'

import { noWeights } from '../domain/recommenders/ease/weights.ts'
import { modelOf, type Model } from './model.ts'

const learnt = (position: number, ...productIds: string[]) => ({ position, productIds })
const basketsOf = ({ history, numbering }: Model) =>
  Array.from({ length: history.basketCount() }, (_, basket) =>
    [...history.productsOf(basket)].map((product) => numbering.idOf(product)),
  )

describe('a model', () => {
  it('learns each basket once, also one whose position comes late', () => {
    const model = modelOf()
    model.learn([learnt(1, 'tea', 'cup', 'tea'), learnt(3, 'pot')])
    model.learn([learnt(2, 'jug', 'tea'), learnt(3, 'pot')])
    expect(basketsOf(model)).toEqual([['tea', 'cup'], ['pot'], ['jug', 'tea']])
    expect(model.unlearnt()).toEqual({ after: 0, without: [1, 2, 3] })
  })

  it('is told nothing by a basket of nothing, and does not look for it again', () => {
    const model = modelOf()
    model.learn([learnt(1), learnt(2, 'tea')])
    expect(basketsOf(model)).toEqual([['tea']])
    expect(model.unlearnt().without).toEqual([1, 2])
  })

  it('looks back over the newest positions only', () => {
    const model = modelOf()
    model.learn(Array.from({ length: 600 }, (_, place) => learnt(place * 2 + 2, 'tea')))
    const { after, without } = model.unlearnt()
    expect([after, without.length]).toEqual([200, 500])
    model.learn([learnt(199, 'lost'), learnt(201, 'late')])
    expect(model.history.basketCount()).toBe(601)
  })

  it('that was kept learns on where it was', () => {
    const model = modelOf()
    model.learn(Array.from({ length: 600 }, (_, place) => learnt(place + 1, 'tea')))
    const again = modelOf(4, { ...model.snapshot(), weights: noWeights })
    expect(again.version).toBe(4)
    expect(again.unlearnt()).toEqual(model.unlearnt())
    again.learn([learnt(600, 'tea'), learnt(601, 'cup')])
    expect(basketsOf(again)).toEqual([...basketsOf(model), ['cup']])
    // What was kept is the keeper's own.
    expect(model.numbering.ids()).toEqual(['tea'])
  })
})
