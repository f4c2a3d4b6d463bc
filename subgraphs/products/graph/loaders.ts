import { keyedBy, loadersOf, type Loader } from '../../../platform/work/loaders.ts'
import type { Product } from '../domain/product.ts'
import { variantsOf, type VariantModel } from './models.ts'
import type { ProductStore } from '../stores/store.ts'

/** Whatever one request needs of a kind, in one statement with other requests. */
export interface Loaders {
  /** Ids are UUIDs by now, and slugs are parsed: none fails a statement. */
  readonly products: Loader<Product>
  readonly productsBySlug: Loader<Product>
  readonly variants: Loader<VariantModel>
  /** By the SKU in lower case. */
  readonly variantsBySku: Loader<VariantModel>
  /** How many products on sale the category of a slug has; none where it has no category. */
  readonly productCounts: Loader<number>
}

export function loadersFrom(store: ProductStore): () => Loaders {
  const products = loadersOf(async (ids) => keyedBy(await store.byIds(ids), ({ id }) => id))
  const productsBySlug = loadersOf(async (slugs) => keyedBy(await store.bySlugs(slugs), ({ slug }) => slug))
  const variants = loadersOf(async (ids) =>
    keyedBy((await store.byVariantIds(ids)).flatMap(variantsOf), ({ id }) => id),
  )
  const variantsBySku = loadersOf(async (skus) =>
    keyedBy((await store.bySkus(skus)).flatMap(variantsOf), ({ sku }) => sku.toLowerCase()),
  )
  const productCounts = loadersOf(
    async () => new Map((await store.categories()).map(({ slug, productCount }) => [slug, productCount])),
  )
  return () => ({
    products: products(),
    productsBySlug: productsBySlug(),
    variants: variants(),
    variantsBySku: variantsBySku(),
    productCounts: productCounts(),
  })
}
