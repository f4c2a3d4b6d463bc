import type { Image } from '../../../contracts/products.ts'
import type { Money } from '../../../platform/money.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { NeighbourList } from '../domain/co-purchase.ts'
import type { Popular } from '../domain/popular.ts'
import type { SimilarList } from '../domain/similar/similar-lists.ts'
import type { ComparedProduct } from '../domain/similar/similar.ts'

/** What a recommendation shows of a product, so that it needs no catalogue; `price` is the cheapest variant's. */
export interface Card extends ComparedProduct {
  readonly slug: string
  readonly images: readonly Image[]
  readonly highestPrice: Money
}

/** What is known of a product, from products. */
export interface KnownProduct extends Card {
  readonly active: boolean
  readonly variantIds: readonly string[]
  readonly version: number
}

export interface KnownStock {
  readonly variantId: string
  readonly available: number
  readonly version: number
}

/** A product as it is recommended, and whether it can be bought now. */
export interface Offer extends Card {
  readonly buyable: boolean
}

export interface Basket {
  /** Names it once and for all: `order/<id>`, or its place in the demo's history. */
  readonly source: string
  readonly at: Date
  readonly productIds: readonly string[]
}

export interface Purchase {
  readonly userId: string
  readonly orderId: string
  readonly at: Date
  readonly productIds: readonly string[]
}

/** Read models of the catalogue. What is older than what is known changes nothing. */
export interface CatalogueStore {
  /** Marks the lists of similar products that are missing or out of date. Forgets variants a product no longer has. */
  applyProducts(products: readonly KnownProduct[]): Promise<void>
  applyStock(levels: readonly KnownStock[]): Promise<void>
  /** Whether there are products whose card is not known, so that all have to be read anew; they are not offered. */
  lacksCards(): Promise<boolean>
  offers(productIds: readonly string[]): Promise<Offer[]>
  productsOfVariants(variantIds: readonly string[]): Promise<string[]>
  /** By id. */
  allProducts(): Promise<ComparedProduct[]>
}

/** Baskets and purchases: what recommendations are made of. */
export interface HistoryStore {
  /** Those known already are left as they are. Counts the new ones, and marks the lists of what they hold. */
  addBaskets(baskets: readonly Basket[]): Promise<void>
  addPurchases(purchases: readonly Purchase[]): Promise<void>
  /** What the user has bought, last first. */
  boughtBy(userId: string, limit: number): Promise<string[]>
  /** By time, the newest last; all, or the newest `limit`. */
  baskets(limit?: number): Promise<string[][]>
  basketsWith(productId: string): Promise<string[][]>
  basketCounts(productIds: readonly string[]): Promise<Map<string, number>>
}

/** The lists, derived. */
export interface ListStore {
  coPurchaseLists(productIds: readonly string[]): Promise<NeighbourList<string>[]>
  saveCoPurchaseLists(lists: readonly NeighbourList<string>[]): Promise<void>
  similarLists(productIds: readonly string[]): Promise<SimilarList[]>
  saveSimilarLists(lists: readonly SimilarList[]): Promise<void>
  /** Best first. */
  popular(limit: number): Promise<Popular<string>[]>
  savePopular(products: readonly Popular<string>[]): Promise<void>
}

export type ListKind = 'CO_PURCHASE' | 'SIMILAR'

/** Marks a list as out of date. `mark` is another one each time it becomes so. */
export interface StaleMark {
  readonly kind: ListKind
  readonly productId: string
  readonly mark: number
}

/** Whose lists have to be computed again. */
export interface StaleStore {
  countStale(kind: ListKind): Promise<number>
  staleMarks(): Promise<StaleMark[]>
  /** Takes away just these: a list that has become stale again since keeps its newer mark. */
  removeMarks(marks: readonly StaleMark[]): Promise<void>
  /** Takes marks away, and returns whose they were; part of the transaction that saves the lists. */
  takeStale(kind: ListKind, limit: number): Promise<string[]>
}

export interface RecommendationStore extends CatalogueStore, HistoryStore, ListStore, StaleStore {}

/** All that the composition hands in. */
export interface RecommendationStores extends Stores<RecommendationStore> {
  readonly database: Database<RecommendationStore>
}
