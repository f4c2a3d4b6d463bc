import { z } from 'zod'

import type { Ask } from './ground.ts'
import { userIdOf } from './shop.ts'
import type { Answered } from './measures.ts'
import type { CustomerTrial, Trial, Trials } from './trials.ts'

/** As many as are looked at; the first ten of them are the ten that a shorter question would get. */
const first = 20
const shape = `{ product { id } }`

const recommended = z.array(z.object({ product: z.object({ id: z.string() }) }))
const entities = z.object({ _entities: z.tuple([z.object({ found: recommended })]) })
const root = z.object({ found: recommended })

const entityQuery = (type: string, field: string) =>
  `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { found: ${field}(first: ${first}) ${shape} } } }`
const pageQuery = entityQuery('Product', 'boughtTogether')
const homeQuery = entityQuery('User', 'recommendations')
const cartQuery = `query ($ids: [ID!]!) { found: boughtWith(productIds: $ids, first: ${first}) ${shape} }`

export type SurfaceName = keyof Trials

/** Asks every trial of one place of the shop, as a client of it would. */
export async function answersAt(surface: SurfaceName, trials: Trials, ask: Ask): Promise<Answered[]> {
  switch (surface) {
    case 'page':
      return answersOf(trials.page, async ({ known: [id] }) => {
        const answer = await ask(pageQuery, { of: [{ __typename: 'Product', id }] })
        return entities.parse(answer)._entities[0].found
      })
    case 'cart':
      return answersOf(trials.cart, async ({ known: ids }) => root.parse(await ask(cartQuery, { ids })).found)
    case 'home':
      return answersOf(trials.home, async ({ customer }: CustomerTrial) => {
        const id = userIdOf(customer)
        const viewer = { kind: 'user' as const, id, roles: ['SHOPPER' as const] }
        const answer = await ask(homeQuery, { of: [{ __typename: 'User', id }] }, viewer)
        return entities.parse(answer)._entities[0].found
      })
  }
}

async function answersOf<One extends Trial>(
  trials: readonly One[],
  recommend: (trial: One) => Promise<z.infer<typeof recommended>>,
): Promise<Answered[]> {
  const answers = []
  for (const trial of trials) {
    const begun = performance.now()
    const found = await recommend(trial)
    answers.push({ trial, milliseconds: performance.now() - begun, found: found.map(({ product }) => product.id) })
  }
  return answers
}
