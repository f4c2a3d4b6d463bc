import type { FoundProduct, FoundVariant, ToolFacts } from '../tools/facts.ts'

/** What tools have returned in a conversation: an id is good only if it is here. */
export interface Known {
  note(facts: ToolFacts): void
  product(id: string): FoundProduct | undefined
  variant(id: string): { readonly product: FoundProduct; readonly variant: FoundVariant } | undefined
  has(id: string): boolean
}

export function nothingKnown(): Known {
  const products = new Map<string, FoundProduct>()
  const variants = new Map<string, { product: FoundProduct; variant: FoundVariant }>()
  return {
    note(facts) {
      if (facts.kind !== 'PRODUCTS' && facts.kind !== 'DETAILS') return
      for (const product of facts.products) {
        products.set(product.productId, product)
        for (const variant of product.variants) variants.set(variant.variantId, { product, variant })
      }
    },
    product: (id) => products.get(id),
    variant: (id) => variants.get(id),
    has: (id) => products.has(id) || variants.has(id),
  }
}
