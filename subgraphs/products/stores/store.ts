import type { Notifications } from '../../../platform/messaging/notifications.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { OutgoingMessage } from '../../../platform/messaging/message.ts'
import type { Category, Product } from '../domain/product.ts'

/** What listed products have in common, beside being on sale. */
export interface Criteria {
  /** Only these; their order is the rank. */
  readonly ids?: readonly string[]
  readonly category?: string
  /** Both inclusive; the price of one variant must be within both. */
  readonly minPrice?: number
  readonly maxPrice?: number
  readonly inStockOnly?: boolean
}

/** The order of a list, and the place after which a page of it begins. Equal places are ordered by id. */
export type Sorting =
  /** As `Criteria.ids`; `after` is how many of them to leave out at the start. */
  | { readonly by: 'RANK'; readonly after?: number | undefined }
  | { readonly by: 'NAME'; readonly after?: { readonly name: string; readonly id: string } | undefined }
  | {
      readonly by: 'PRICE_LOW_TO_HIGH' | 'PRICE_HIGH_TO_LOW'
      /** `price` is the cheapest variant's. */
      readonly after?: { readonly price: number; readonly id: string } | undefined
    }
  | { readonly by: 'NEWEST'; readonly after?: { readonly createdAt: Date; readonly id: string } | undefined }

export interface CategoryWithCount extends Category {
  /** Of the products on sale. */
  readonly productCount: number
}

/** What inventory has published of one variant. */
export interface KnownStock {
  readonly variantId: string
  readonly available: number
  readonly version: number
}

export type SaveResult =
  | 'SAVED'
  /** Somebody else has changed it: read it again. */
  | 'CHANGED_MEANWHILE'
  | 'SLUG_TAKEN'
  | 'SKU_TAKEN'

/** A product with what is to be published of it. */
export interface ProductToSave {
  readonly product: Product
  readonly messages: readonly OutgoingMessage[]
}

/**
 * Products, each read and written whole. Every method is one atomic step, the messages included; none is part of a
 * transaction around it. Those that take many things may be one such step for each of them: after a crash in between they
 * are repeated, to the same end. Lists of what is asked for may be of any length; what is unknown is left out of the answer.
 */
export interface ProductStore {
  byIds(ids: readonly string[]): Promise<Product[]>
  bySlugs(slugs: readonly string[]): Promise<Product[]>
  /** The products that have one of these variants. */
  byVariantIds(variantIds: readonly string[]): Promise<Product[]>
  /** The products that have a variant with one of these SKUs, whatever the case of their letters. */
  bySkus(skus: readonly string[]): Promise<Product[]>
  /** Of what is on sale, at most `first`, sorted so. */
  page(request: { criteria: Criteria; sorting: Sorting; first: number }): Promise<Product[]>
  count(criteria: Criteria): Promise<number>
  categories(): Promise<CategoryWithCount[]>
  /** Those slugs that are `base`, or that begin with `base` and a hyphen. */
  slugsLike(base: string): Promise<string[]>
  /** Those of the SKUs that a variant has, whatever the case; in lower case. */
  skusInUse(skus: readonly string[]): Promise<string[]>
  /** @param expectedVersion what the product was read with; 0 for a new one */
  save(toSave: ProductToSave, expectedVersion: number): Promise<SaveResult>
  /**
   * Adds those that are not there yet, and puts all in this order. One that is there keeps its name, since what is published
   * of its products names it too; one that is not among them stays.
   */
  saveCategories(categories: readonly Category[]): Promise<void>
  /** Many new products at once; one whose id is known is left as it is. Returns how many were new. */
  insertMany(entries: readonly ProductToSave[]): Promise<number>
  /** Takes in what inventory publishes; a version that is not above the known one changes nothing. */
  applyStock(levels: readonly KnownStock[]): Promise<void>
  /** Whether the stock of every one of them is known. */
  knowsStockOf(variantIds: readonly string[]): Promise<boolean>
  /** Whether there are units of any of them. */
  isInStock(variantIds: readonly string[]): Promise<boolean>
}

/** All that the composition hands in. */
export interface ProductStores extends Stores {
  readonly products: ProductStore
  readonly notifications: Notifications
}

/** Notified when stock has been consumed; for who waits for the stock of new variants. */
export const stockChanged = 'stock'
