import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { Reservation, StockedUnits, StockMoved, Units, VariantQuantity } from '../domain/inventory.ts'

/** The stock of one variant as it is stored. */
export interface StockLevel extends StockedUnits {
  readonly variantId: string
  readonly version: number
}

/** Units to add on hand and to those held; either may be below zero. */
export interface StockChange extends Units {
  readonly variantId: string
  readonly reason: StockMoved['kind']
  readonly orderId?: string
}

export interface VariantStatus {
  readonly variantId: string
  readonly discontinued: boolean
}

/** Which variants are sold no more: a read model of the catalogue. */
export interface StatusStore {
  /**
   * Takes in which of the known variants are sold no more; one that was discontinued stays so. Returns those that are new
   * to it. Locks in the order of ids.
   */
  applyStatus(variants: readonly VariantStatus[]): Promise<StockLevel[]>
  /** Whether the status of a variant has never been read, so that all have to be read anew. */
  lacksStatus(): Promise<boolean>
}

export interface StoredReservation {
  readonly reservation: Reservation
  readonly version: number
  readonly expiresAt?: Date
}

export interface ReservationToSave {
  readonly orderId: string
  readonly reservation: Reservation
  /** Milliseconds until it expires, by the store's clock; for HELD only. */
  readonly holdFor?: number
}

/** What an order long past took. */
export interface PastSale {
  readonly orderId: string
  readonly lines: readonly VariantQuantity[]
}

/** What is on the shelf. */
export interface StockStore {
  levels(variantIds: readonly string[]): Promise<StockLevel[]>
  /** As `levels`, and nobody else may change them before the transaction ends. Locks in the order of ids. */
  lockLevels(variantIds: readonly string[]): Promise<StockLevel[]>
  /** Changes stock, with a line in the ledger for each change. @throws when a level would become impossible */
  changeStock(changes: readonly StockChange[]): Promise<StockLevel[]>
  /**
   * Puts new variants on the shelf; those known already are left as they are. Returns the new ones. Inserts in the order
   * of ids, so that two writers of the same ones never wait for each other in a circle.
   */
  stockNewVariants(first: readonly VariantQuantity[]): Promise<StockLevel[]>
}

/** What is promised to which order. */
export interface ReservationStore {
  /** By order, without those that have none. Locked until the transaction ends, in the order of ids. */
  lockReservations(orderIds: readonly string[]): Promise<ReadonlyMap<string, StoredReservation>>
  /** Returns them by order, as they are stored now. */
  saveReservations(toSave: readonly ReservationToSave[]): Promise<ReadonlyMap<string, StoredReservation>>
  /** Orders whose reservation has run out by the store's clock. */
  expiredReservations(limit: number): Promise<string[]>
  /** For the demo's past orders: bought and sold long ago, so that the stock is what it is. */
  importSales(sales: readonly PastSale[]): Promise<void>
}

/** Every method is part of the transaction that the store was opened in. */
export interface InventoryStore extends StockStore, StatusStore, ReservationStore {}

/** All that the composition hands in. */
export interface InventoryStores extends Stores<InventoryStore> {
  readonly database: Database<InventoryStore>
}
