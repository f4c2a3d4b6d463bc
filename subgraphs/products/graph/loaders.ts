import DataLoader from 'dataloader'

import type { Product } from '../domain/product.ts'
import { variantsOf, type VariantModel } from './models.ts'
import type { ProductStore } from '../stores/store.ts'

/** Whatever one request needs of a kind, in one statement. */
export interface Loaders {
  readonly products: DataLoader<string, Product | undefined>
  readonly productsBySlug: DataLoader<string, Product | undefined>
  readonly variants: DataLoader<string, VariantModel | undefined>
  /** By the SKU in lower case. */
  readonly variantsBySku: DataLoader<string, VariantModel | undefined>
  /** How many products on sale the category of a slug has. */
  readonly productCounts: DataLoader<string, number>
}

export function createLoaders(store: ProductStore): Loaders {
  return {
    products: new DataLoader(async (ids) => keyed(ids, await store.byIds(ids), (product) => [[product.id, product]])),
    productsBySlug: new DataLoader(async (slugs) =>
      keyed(slugs, await store.bySlugs(slugs), (product) => [[product.slug, product]]),
    ),
    variants: new DataLoader(async (ids) =>
      keyed(ids, await store.byVariantIds(ids), (product) => variantsOf(product).map((each) => [each.id, each])),
    ),
    variantsBySku: new DataLoader(async (skus) =>
      keyed(skus, await store.bySkus(skus), (product) =>
        variantsOf(product).map((each) => [each.sku.toLowerCase(), each]),
      ),
    ),
    productCounts: new DataLoader(async (slugs) => {
      const counts = new Map((await store.categories()).map(({ slug, productCount }) => [slug, productCount]))
      return slugs.map((slug) => counts.get(slug) ?? 0)
    }),
  }
}

/** What was found, in the order of the keys. */
function keyed<Found>(
  keys: readonly string[],
  products: readonly Product[],
  entriesOf: (product: Product) => [key: string, found: Found][],
): (Found | undefined)[] {
  const found = new Map(products.flatMap(entriesOf))
  return keys.map((key) => found.get(key))
}
