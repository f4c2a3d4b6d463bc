import type { RefusalCode } from '../../../contracts/graph/generated.ts'
import {
  invalidInput,
  parseInput,
  refused,
  type InvalidInput,
  type Refused,
} from '../../../platform/graphql/refusals.ts'
import type { Product } from '../domain/product.ts'
import type { Editing } from '../editing/editing.ts'
import { createProductInput, setPriceInput } from './inputs.ts'
import { variantsOf, type ProductModel, type VariantModel } from './models.ts'

export type ProductAnswer = (ProductModel & { readonly __typename: 'Product' }) | Refused<RefusalCode> | InvalidInput
export type VariantAnswer =
  (VariantModel & { readonly __typename: 'ProductVariant' }) | Refused<RefusalCode> | InvalidInput

const noSuchProduct = refused('NOT_FOUND', 'There is no such product.')
const noSuchVariant = refused('NOT_FOUND', 'There is no such variant.')
const conflict = refused('CONFLICT', 'Others are changing the same product just now; try again.')

/** The changes of the catalogue that staff can ask for. */
export function productMutations(editing: Editing) {
  return {
    async createProduct(given: unknown): Promise<ProductAnswer> {
      const input = parseInput(createProductInput, given)
      if (!input.ok) return input.refusal
      const created = await editing.createProduct(input.value)
      switch (created.kind) {
        case 'EDITED':
          return named(created.product)
        case 'CATEGORY_UNKNOWN':
          return invalidInput('category', 'There is no such category.')
        case 'SKU_TAKEN':
          return invalidInput(`variants.${created.variant}.sku`, 'Another product has this SKU.')
        case 'CONFLICT':
          return conflict
      }
    },

    async setPrice(given: unknown): Promise<VariantAnswer> {
      const input = parseInput(setPriceInput, given)
      if (!input.ok) return input.refusal
      const { variantId, amount } = input.value
      const changed = await editing.setPrice(variantId, amount)
      if (changed.kind === 'CONFLICT') return conflict
      if (changed.kind === 'NOT_FOUND') return noSuchVariant
      const variant = variantsOf(changed.product).find(({ id }) => id === variantId)
      return variant === undefined ? noSuchVariant : { ...variant, __typename: 'ProductVariant' }
    },

    async discontinueProduct(id: string): Promise<ProductAnswer> {
      const changed = await editing.discontinueProduct(id)
      if (changed.kind === 'CONFLICT') return conflict
      return changed.kind === 'NOT_FOUND' ? noSuchProduct : named(changed.product)
    },
  }
}

/** Tells the members of a union apart. */
function named(product: Product): ProductModel & { readonly __typename: 'Product' } {
  return { ...product, __typename: 'Product' }
}
