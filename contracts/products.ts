import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, instant, money } from './values.ts'

/** A picture, with the words that stand in for it. */
const image = z.object({ url: z.string(), alt: z.string() })
export type Image = z.infer<typeof image>

/** State of one product, keyed by its id; the version is the product's. */
export const productState = contract({
  type: 'products.ProductState',
  stream: 'state',
  data: z.object({
    productId: id,
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    status: z.enum(['ACTIVE', 'DISCONTINUED']),
    category: z.object({ slug: z.string(), name: z.string() }),
    createdAt: instant,
    /** What shows it, the first first. Read by `imagesOf`: messages that are older than this field have none. */
    images: z.array(image).optional(),
    variants: z.array(
      z.object({
        variantId: id,
        sku: z.string(),
        name: z.string(),
        price: money,
        options: z.array(z.object({ name: z.string(), value: z.string() })),
        /** What inventory puts on the shelf when it first reads of the variant; ignored ever after. */
        initialStock: z.int().nonnegative(),
      }),
    ),
  }),
})
export type ProductState = DataOf<typeof productState>

/** The picture that is drawn of a product, by its address alone. */
export function drawnPicture(product: Pick<ProductState, 'slug' | 'name' | 'category'>): Image {
  return { url: `/images/${product.category.slug}/${product.slug}.svg`, alt: product.name }
}

/** What shows the product, also by a message that was published before it could say so. */
export function imagesOf(state: ProductState): readonly Image[] {
  return state.images ?? [drawnPicture(state)]
}
