import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { historyOf, type BasketHistory } from '../basket-history.ts'
import { closestMember, type CoPurchaseEvidence } from '../closest-member.ts'
import { packRows } from '../packed-rows.ts'
import { bestFirst, type Scored } from '../ranking.ts'
import { basketNeighbours, type NeighbourOptions } from './basket-neighbours.ts'
import { shrunk } from './shrunk-cosine.ts'

/** What is computed in one pass over what is needed, beside what its definition says, over all baskets. */
const productCount = 12

type Baskets = readonly (readonly number[])[]

const basket = fc.uniqueArray(fc.nat(productCount - 1), { minLength: 1, maxLength: 8 })
const members = fc.uniqueArray(fc.nat(productCount - 1), { minLength: 1, maxLength: 5 })
const options = fc.record({ newest: fc.integer({ min: 1, max: 30 }), neighbours: fc.integer({ min: 1, max: 10 }) })

/** Some of the baskets are there from the start, the others come one after the other. */
function grown(baskets: Baskets, known: number): BasketHistory {
  const history = historyOf(packRows(baskets.slice(0, known)), known === 0 ? 0 : productCount)
  for (const one of baskets.slice(known)) history.add(one)
  return history
}

/** V-SKNN. */
function neighboursByDefinition(
  baskets: Baskets,
  known: readonly number[],
  { newest, neighbours }: NeighbourOptions,
): Scored<number>[] {
  const rarity = (member: number) => Math.log(1 + baskets.length / baskets.filter((one) => one.includes(member)).length)
  const alike = baskets
    .map((one, product) => {
      const shared = known.filter((member) => one.includes(member))
      const weight = shared.reduce((sum, member) => sum + rarity(member), 0)
      return { product, score: weight / Math.sqrt(known.length * one.length) }
    })
    .filter(({ score }) => score > 0)
    .slice(-newest)
    .sort(bestFirst)
    .slice(0, neighbours)
  return Array.from({ length: productCount }, (_none, product) => {
    const votes = alike.filter((one) => baskets[one.product]?.includes(product))
    return { product, score: votes.reduce((sum, { score }) => sum + score, 0) }
  })
    .filter(({ product, score }) => score > 0 && !known.includes(product))
    .sort(bestFirst)
}

function evidenceByDefinition(
  baskets: Baskets,
  known: readonly number[],
  product: number,
): CoPurchaseEvidence | undefined {
  const holding = (...products: number[]) =>
    baskets.filter((one) => products.every((each) => one.includes(each))).length
  const counted = known
    .map((member) => ({ member, together: holding(member, product), baskets: holding(member) }))
    .map((each) => ({
      ...each,
      score: each.together === 0 ? 0 : shrunk(each.together, each.baskets, holding(product)),
    }))
  const highest = Math.max(...counted.map(({ score }) => score))
  const closest = highest > 0 ? counted.find(({ score }) => score === highest) : undefined
  return closest && { member: closest.member, together: closest.together, baskets: closest.baskets }
}

const given = fc.record({ baskets: fc.array(basket, { maxLength: 150 }), known: members, options, there: fc.nat(150) })

describe('as by the definition, whenever the baskets came', () => {
  it('the baskets that are most alike vote', () => {
    fc.assert(
      fc.property(given, ({ baskets, known, options: chosen, there }) => {
        const found = basketNeighbours(grown(baskets, there), chosen).recommend({ members: known, limit: productCount })
        expect(found).toEqual(neighboursByDefinition(baskets, known, chosen))
      }),
    )
  })

  it('the reason is counted', () => {
    fc.assert(
      fc.property(given, ({ baskets, known, there }) => {
        const { evidenceFor, hasEvidence } = closestMember(grown(baskets, there), known)
        for (let product = 0; product < productCount; product += 1) {
          const expected = evidenceByDefinition(baskets, known, product)
          expect(evidenceFor(product)).toEqual(expected)
          expect(hasEvidence(product)).toBe(expected !== undefined)
        }
      }),
    )
  })

  it('a question leaves nothing behind for the next one', () => {
    fc.assert(
      fc.property(given, members, ({ baskets, known, options: chosen, there }, others) => {
        const history = grown(baskets, there)
        const asked = basketNeighbours(history, chosen)
        const before = asked.recommend({ members: known, limit: 5 })
        asked.recommend({ members: others, limit: 5 })
        expect(asked.recommend({ members: known, limit: 5 })).toEqual(before)
      }),
    )
  })
})
