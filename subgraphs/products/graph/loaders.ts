import DataLoader from 'dataloader'

import { lookTogether } from '../../../platform/work/look-together.ts'
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

/** Finds for the loaders of all requests together what is asked for most. Ids are UUIDs by now: none fails a statement. */
export interface Finders {
  products(ids: readonly string[]): Promise<ReadonlyMap<string, Product>>
  variants(ids: readonly string[]): Promise<ReadonlyMap<string, VariantModel>>
}

export function createFinders(store: ProductStore): Finders {
  return {
    products: lookTogether(async (ids) => new Map((await store.byIds(ids)).map((product) => [product.id, product]))),
    variants: lookTogether(
      async (ids) =>
        new Map((await store.byVariantIds(ids)).flatMap(variantsOf).map((variant) => [variant.id, variant])),
    ),
  }
}

export function createLoaders(store: ProductStore, find: Finders): Loaders {
  return {
    products: new DataLoader(async (ids) => inOrder(ids, await find.products(ids))),
    productsBySlug: new DataLoader(async (slugs) =>
      keyed(slugs, await store.bySlugs(slugs), (product) => [[product.slug, product]]),
    ),
    variants: new DataLoader(async (ids) => inOrder(ids, await find.variants(ids))),
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
  return inOrder(keys, new Map(products.flatMap(entriesOf)))
}

function inOrder<Found>(keys: readonly string[], found: ReadonlyMap<string, Found>): (Found | undefined)[] {
  return keys.map((key) => found.get(key))
}
