import { SoukError } from '../../../platform/errors.ts'
import { imagesOf, priceRange, type Product } from '../domain/product.ts'
import type { Editing } from '../editing/editing.ts'
import type { Resolvers } from './generated.ts'
import { isSku } from './inputs.ts'
import { listingProducts } from '../listing/listing.ts'
import type { Loaders } from './loaders.ts'
import { variantsOf, type VariantModel } from './models.ts'
import { productMutations } from './mutations.ts'
import { productListOf } from './product-list.ts'
import type { ProductIndex } from '../search/product-index.ts'
import { parseSlug } from '../slugs.ts'
import type { ProductStore } from '../stores/store.ts'

export function createResolvers(dependencies: {
  readonly store: ProductStore
  readonly index: ProductIndex
  readonly editing: Editing
}): Resolvers {
  const { store, index, editing } = dependencies
  const mutations = productMutations(editing)
  const listProducts = listingProducts({ store, index })

  return {
    Query: {
      product: (_root, args, { loaders }) => findProduct(args, loaders),
      products: (_root, args) => productListOf(args, listProducts),
      categories: () => store.categories(),
    },
    Mutation: {
      createProduct: (_root, { input }) => mutations.createProduct(input),
      setPrice: (_root, args) => mutations.setPrice(args),
      discontinueProduct: (_root, { id }) => mutations.discontinueProduct(id),
    },
    Product: {
      __resolveReference: async ({ id }, { loaders }) => (await loaders.products.load(id)) ?? null,
      images: (product) => imagesOf(product),
      variants: (product) => variantsOf(product),
      priceRange: (product) => priceRange(product),
    },
    ProductVariant: {
      __resolveReference: async (reference, { loaders }) =>
        (await ('id' in reference ? loaders.variants.load(reference.id) : variantBySku(reference.sku, loaders))) ??
        null,
    },
    Category: {
      productCount: async ({ slug, productCount }, _args, { loaders }) =>
        productCount ?? (await loaders.productCounts.load(slug)) ?? 0,
    },
    ProductConnection: {
      // Counted only for those who ask.
      totalCount: ({ criteria }) => (criteria === undefined ? 0 : store.count(criteria)),
    },
  }
}

interface ProductArguments {
  readonly id?: string | null | undefined
  readonly slug?: string | null | undefined
}

/** With both id and slug: the product that has both. */
async function findProduct({ id, slug }: ProductArguments, loaders: Loaders): Promise<Product | null> {
  const byId = typeof id === 'string'
  const bySlug = typeof slug === 'string'
  if (!byId && !bySlug)
    throw new SoukError('INVALID_INPUT', 'Give the `id` or the `slug` of the product.', { field: 'id' })
  const named = bySlug ? parseSlug(slug) : undefined
  if (bySlug && named === undefined) return null
  const product = byId ? await loaders.products.load(id) : await loaders.productsBySlug.load(named ?? '')
  return product === undefined || (bySlug && product.slug !== named) ? null : product
}

// What cannot be a key at all never reaches the database. Representations are checked by nobody else.
async function variantBySku(sku: string, { variantsBySku }: Loaders): Promise<VariantModel | undefined> {
  return isSku(sku) ? variantsBySku.load(sku.toLowerCase()) : undefined
}
