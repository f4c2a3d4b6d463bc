import { parseInput, refused } from '../../../platform/graphql/refusals.ts'
import type { SetStockAnswer } from '../domain/decide.ts'
import { availableUnits } from '../domain/inventory.ts'
import type { SetStockOf } from '../set-stock.ts'
import type { Resolvers, ResolversTypes } from './generated.ts'
import { setStockInput } from './inputs.ts'

export function createResolvers({ setStock }: { readonly setStock: SetStockOf }): Resolvers {
  return {
    Mutation: {
      async setStock(_root, args) {
        const input = parseInput(setStockInput, args)
        if (!input.ok) return input.refusal
        return setStockResult(await setStock(input.value), input.value.variantId)
      },
    },
    ProductVariant: {
      async availability({ id }, _args, { levels }) {
        const level = await levels.load(id)
        const quantity = level === undefined ? 0 : availableUnits(level)
        return { quantity, inStock: quantity > 0 }
      },
    },
  }
}

function setStockResult(answer: SetStockAnswer, variantId: string): ResolversTypes['VariantResult'] {
  switch (answer.kind) {
    case 'SET':
      return { __typename: 'ProductVariant', id: variantId }
    case 'UNKNOWN_VARIANT':
      return refused('NOT_FOUND', 'There is no such variant.')
    case 'BELOW_HELD':
      return refused('CONFLICT', `${answer.held} units are promised to open orders.`)
  }
}
