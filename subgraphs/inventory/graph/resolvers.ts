import { z } from 'zod'

import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import { isUuid } from '../../../platform/ids.ts'
import type { Database, Queryable } from '../../../platform/postgres/database.ts'
import { stockStates } from '../checkout.ts'
import { availableUnits } from '../domain.ts'
import type { Resolvers } from './generated.ts'
import type { InventoryStore } from '../stores/store.ts'

const mostOnHand = 1_000_000

const setStockInput = z.object({
  variantId: z.string().toLowerCase(),
  onHand: z
    .int()
    .min(0, 'There cannot be fewer than 0 units.')
    .max(mostOnHand, `There cannot be more than ${mostOnHand} units.`),
})

export function createResolvers(dependencies: {
  readonly database: Database
  storeIn(queryable: Queryable): InventoryStore
}): Resolvers {
  const { database, storeIn } = dependencies

  /** Takes what was counted on the shelf; units held for orders cannot be counted away. */
  async function setStock(args: unknown) {
    const input = parseInput(setStockInput, args)
    if (!input.ok) return input.refusal
    const { variantId, onHand } = input.value
    if (!isUuid(variantId)) return refused('NOT_FOUND', 'There is no such variant.')
    return database.transaction(async (transaction) => {
      const store = storeIn(transaction)
      const [level] = await store.lockLevels([variantId])
      if (level === undefined) return refused('NOT_FOUND', 'There is no such variant.')
      if (onHand < level.held) return refused('CONFLICT', `${level.held} units are promised to open orders.`)
      const change = { variantId, quantity: onHand - level.onHand, onHand: 1, held: 0, reason: 'COUNTED' as const }
      transaction.publish(...stockStates(await store.changeStock([change])))
      return { __typename: 'ProductVariant' as const, id: variantId }
    })
  }

  return {
    Mutation: { setStock: (_root, args) => setStock(args) },
    ProductVariant: {
      async availability({ id }, _args, { levels }) {
        const level = isUuid(id) ? await levels.load(id.toLowerCase()) : undefined
        const quantity = level === undefined ? 0 : availableUnits(level)
        return { quantity, inStock: quantity > 0 }
      },
    },
  }
}
