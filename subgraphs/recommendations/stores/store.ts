import type { Image } from '../../../contracts/products.ts'
import type { Money } from '../../../platform/money.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { Reason } from '../domain/explain.ts'
import type { PackedRows } from '../domain/packed-rows.ts'
import type { EaseWeights } from '../domain/recommenders/ease/weights.ts'
import type { ConversationStore } from './conversations.ts'
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
  /** The products that are learnt from; all where it is not given. */
  readonly learnt?: readonly string[]
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
  /** By variant. */
  productsOfVariants(variantIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** By id. */
  allProducts(): Promise<ComparedProduct[]>
}

/** A basket as it is learnt. */
export interface LearntBasket {
  /** Grows from basket to basket; a lower one may appear after a higher one. */
  readonly position: number
  readonly productIds: readonly string[]
}

/** Baskets and purchases: what recommendations are made of. */
export interface HistoryStore {
  /** Those known already are left as they are. */
  addBaskets(baskets: readonly Basket[]): Promise<void>
  addPurchases(purchases: readonly Purchase[]): Promise<void>
  /** What the user has bought, last first. */
  boughtBy(userId: string, limit: number): Promise<string[]>
  /** What the user has bought since a moment, in no order. */
  boughtSince(userId: string, moment: Date): Promise<string[]>
  /** By position: those after a position, without some of them. */
  basketsAfter(position: number, page: { readonly without: readonly number[]; limit: number }): Promise<LearntBasket[]>
}

/** What was trained, whole: who reads it serves at once, and learns on from `learntTo`. */
export interface TrainedModel {
  /** By number. */
  readonly productIds: readonly string[]
  readonly baskets: PackedRows
  readonly weights: EaseWeights
  /** All baskets up to this position are learnt, */
  readonly learntTo: number
  /** and of those after it these. Ascending. */
  readonly newestPositions: readonly number[]
}

/** One training. */
export interface ModelRun {
  readonly version: number
  readonly trainedAt: Date
  readonly seconds: number
  readonly baskets: number
  readonly products: number
  readonly bytes: number
}

export interface ModelStore {
  /** Whether a training is due by the store's clock; whoever gets `true` has half an hour for it. */
  claimTraining(): Promise<boolean>
  /** The next training is due now. */
  requestTraining(): Promise<void>
  /** Keeps the model as the newest, forgets all but a few, and makes the next training due after a while. */
  saveModel(model: TrainedModel, seconds: number): Promise<void>
  /** 0 where none was trained yet. */
  newestVersion(): Promise<number>
  readModel(version: number): Promise<TrainedModel | undefined>
  newestRun(): Promise<ModelRun | undefined>
}

/** The lists of similar products, derived. */
export interface SimilarStore {
  similarLists(productIds: readonly string[]): Promise<SimilarList[]>
  saveSimilarLists(lists: readonly SimilarList[]): Promise<void>
  countStale(): Promise<number>
  staleMarks(): Promise<StaleMark[]>
  /** Takes away just these: a list that has become stale again since keeps its newer mark. */
  removeMarks(marks: readonly StaleMark[]): Promise<void>
  /** Takes marks away, and returns whose they were; part of the transaction that saves the lists. */
  takeStale(limit: number): Promise<string[]>
}

/** Marks a list as out of date. `mark` is another one each time it becomes so. */
export interface StaleMark {
  readonly productId: string
  readonly mark: number
}

export type FeedbackEvent = 'SHOWN' | 'CLICKED' | 'ADDED'

/** What somebody did with what was recommended. */
export interface Feedback {
  readonly viewerId: string
  readonly event: FeedbackEvent
  readonly reason: Reason
  readonly algorithm: string
  readonly productId: string
}

/** How what an algorithm recommended was taken up: of what was shown, how much. */
export interface TakeUp {
  readonly reason: Reason
  readonly algorithm: string
  readonly shown: number
  readonly clicked: number
  readonly added: number
}

export interface FeedbackStore {
  /** Feedback that the viewer has given today already is not counted again. */
  addFeedback(feedback: readonly Feedback[], on: Date): Promise<void>
  /** How much of it there is of a viewer's for that day. */
  countFeedbackOf(viewerId: string, on: Date): Promise<number>
  takeUpSince(day: Date): Promise<TakeUp[]>
  forgetFeedbackBefore(day: Date): Promise<void>
}

export interface RecommendationStore extends CatalogueStore, HistoryStore, ModelStore, SimilarStore, FeedbackStore {}

/** All that the composition hands in. */
export interface RecommendationStores extends Stores<RecommendationStore> {
  readonly database: Database<RecommendationStore>
  /** The assistant's. */
  readonly conversations: ConversationStore
}
