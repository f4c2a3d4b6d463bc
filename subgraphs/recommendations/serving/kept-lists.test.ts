import { expect, it } from 'vitest'

import { modelOf } from './model.ts'

const learnt = (position: number, ...productIds: string[]) => ({ position, productIds })

/** Three ways, of which the first two are one; by id, for as many as are asked for. */
function listsOf(model: ReturnType<typeof modelOf>, member: string, limit: number) {
  const members = [model.numbering.numberFor(member)]
  const { page, cart, front } = model.configured('served')
  return [page, cart, front].map((way) => way.recommend({ members, limit }))
}

it('a list that is longer than all that may be kept is not kept', () => {
  const model = modelOf()
  const ids = Array.from({ length: 50_000 }, (_none, place) => `product ${place}`)
  model.learn([learnt(1, 'tea', ...ids)])
  const [long, again] = [listsOf(model, 'tea', 50_000), listsOf(model, 'tea', 50_000)]
  expect(long[0]).toHaveLength(50_000)
  expect(again[0]).not.toBe(long[0])
  expect(listsOf(model, 'tea', 49_000)[0]).toBe(listsOf(model, 'tea', 49_000)[0])
})

it('what goes with a product is found out once, until a basket is learnt; for another product or length by itself', () => {
  const model = modelOf()
  model.learn([learnt(1, 'tea', 'cup'), learnt(2, 'tea', 'pot'), learnt(3, 'jug', 'pot')])
  const first = listsOf(model, 'tea', 5)
  const idsOf = (lists: typeof first) => lists.map((list) => list.map(({ product }) => model.numbering.idOf(product)))
  for (const [place, list] of listsOf(model, 'tea', 5).entries()) expect(list).toBe(first[place])
  expect(idsOf(first)[0]?.toSorted()).toEqual(['cup', 'pot'])
  expect(idsOf(listsOf(model, 'jug', 5))[0]).toEqual(['pot'])
  expect(idsOf(listsOf(model, 'tea', 1))[0]).toHaveLength(1)
  model.learn([learnt(4, 'tea', 'jug')])
  expect(idsOf(listsOf(model, 'tea', 5))[0]?.toSorted()).toEqual(['cup', 'jug', 'pot'])
})
