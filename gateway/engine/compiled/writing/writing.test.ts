import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { defaultLimits } from '../../../config.ts'
import { createPlanner } from '../../apollo/planner.ts'
import { soukSizes } from '../../limits/list-sizes.ts'
import { preparation } from '../../prepare/preparation.ts'
import { createSink } from './sink.ts'
import { writing } from './writing.ts'

const { schema } = createPlanner(readFileSync(new URL('../../../../supergraph.graphql', import.meta.url), 'utf8'))
const { prepare } = preparation({ schema, limits: defaultLimits, sizes: soukSizes, production: false })

/** What writing an answer takes, first and then again. */
function takenBy(query: string, data: Record<string, unknown>): number[] {
  const { plan } = prepare(query, undefined).prepared
  if (plan.kind !== 'at once' || plan.step === undefined) throw new Error('nothing is fetched')
  let bytes = 0
  const grow = (more: number) => {
    bytes += more
  }
  const write = writing(plan.step, {}, { schema, sink: createSink(), grow })
  return [1, 2].map(() => {
    write(data)
    return bytes
  })
}

const product = { __typename: 'Product', id: 'p', name: 'P' }

it('says what it takes, for each field wherever its fragment is spread, and once', () => {
  const fragment = 'fragment F on Product { id name }'
  const [one = 0, again] = takenBy(`{ product(slug: "s") { ...F } } ${fragment}`, { product })
  expect([one > 0, again]).toEqual([true, one])
  const [none = 0] = takenBy(`{ product(slug: "s") { ...F } } ${fragment}`, { product: null })
  expect([none > 0, none < one / 2]).toEqual([true, true])
  const two = takenBy(`{ product(slug: "s") { ...F similar { product { ...F } } } } ${fragment}`, {
    product: { ...product, similar: [{ product }, { product }] },
  })
  const [larger = 0, once] = two
  // Six fields within objects where it had two; their names are a little longer.
  expect((larger - none) / (one - none)).toBeCloseTo(3, 1)
  expect(once).toBe(larger)
})
