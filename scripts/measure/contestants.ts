import type { DemoBasket } from '../../demo/baskets.ts'
import { boughtWith } from '../../subgraphs/recommendations/domain/bought-with.ts'
import { coPurchaseLists, neighboursAt } from '../../subgraphs/recommendations/domain/co-purchase-lists.ts'
import {
  shrunkCosine,
  type NeighbourList,
  type Similarity,
} from '../../subgraphs/recommendations/domain/co-purchase.ts'
import { packRows } from '../../subgraphs/recommendations/domain/packed-rows.ts'
import { popularProducts } from '../../subgraphs/recommendations/domain/popular.ts'
import { bestFirst } from '../../subgraphs/recommendations/domain/ranking.ts'
import type { Recommend } from './trials.ts'

export interface Contestant {
  readonly name: string
  readonly recommend: Recommend
}

export interface Lesson {
  readonly learnt: readonly DemoBasket[]
  readonly productCount: number
}

/** Too few baskets for a conclusion, where the measure itself does not see that. */
const leastTogether = 5

/** How a product's scores beside two members become one. */
type Combine = (left: number, right: number) => number

const sum: Combine = (left, right) => left + right
const noisyOr: Combine = (left, right) => 1 - (1 - left) * (1 - right)
/** The third power favours the closest members, and still counts the others. */
const cubes: Combine = (left, right) => Math.cbrt(left ** 3 + right ** 3)

export function contestants(lesson: Lesson): Contestant[] {
  const lists = (similarity: Similarity) => listsBy(lesson, similarity)
  const chosen = lists(shrunkCosine(20))
  return [
    ...[500, 2_000, 8_000].map((latest) => popularity(lesson, latest)),
    { name: 'confidence, closest member', recommend: closest(lists(confidence)) },
    { name: 'lift, closest member', recommend: closest(lists(liftAmong(lesson.learnt.length))) },
    ...[0, 10, 20, 50, 100].map((shrink) => ({
      name: `cosine shrunk by ${shrink}, closest member`,
      recommend: closest(lists(shrunkCosine(shrink))),
    })),
    ...Object.entries({ sum, 'noisy-or': noisyOr, cubes }).map(([name, combine]) => ({
      name: `cosine shrunk by 20, ${name}`,
      recommend: combined(chosen, combine),
    })),
  ]
}

const confidence: Similarity = (together, one) => (together < leastTogether ? 0 : together / one)

function liftAmong(baskets: number): Similarity {
  return (together, one, other) => (together < leastTogether ? 0 : (together * baskets) / (one * other))
}

function popularity({ learnt }: Lesson, latest: number): Contestant {
  const best = popularProducts(
    learnt.map(({ items }) => items),
    { latest, halvedAfter: latest / 2, limit: 2_000 },
  ).map(({ product }) => product)
  return {
    name: `popular, of ${latest} baskets`,
    recommend: (known, limit) => best.filter((product) => !known.includes(product)).slice(0, limit),
  }
}

type Lists = readonly NeighbourList<number>[]

function listsBy({ learnt, productCount }: Lesson, similarity: Similarity): Lists {
  const baskets = packRows(learnt.map(({ items }) => items))
  const packed = coPurchaseLists({ baskets, productCount }, { similarity, limit: 50 })
  return Array.from({ length: productCount }, (_, product) => neighboursAt(packed, product))
}

/** What Souk does. */
function closest(lists: Lists): Recommend {
  return (members, limit) =>
    boughtWith({ members, listOf: (member) => lists[member], excluded: () => false, limit }).map(
      ({ product }) => product,
    )
}

/** What it might do instead. */
function combined(lists: Lists, combine: Combine): Recommend {
  return (members, limit) => {
    const scores = new Map<number, number>()
    for (const { product, score } of members.flatMap((member) => lists[member]?.neighbours ?? [])) {
      scores.set(product, combine(scores.get(product) ?? 0, score))
    }
    for (const member of members) scores.delete(member)
    return Array.from(scores, ([product, score]) => ({ product, score }))
      .sort(bestFirst)
      .slice(0, limit)
      .map(({ product }) => product)
  }
}
