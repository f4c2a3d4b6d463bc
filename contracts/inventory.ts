import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id, instant, quantity, variantQuantity } from './values.ts'

/** State of one variant's stock, keyed by the variant's id. */
export const stockState = contract({
  type: 'inventory.StockState',
  stream: 'state',
  data: z.object({
    variantId: id,
    /** Units that can still be promised: on hand less held. */
    available: z.int().nonnegative(),
  }),
  /** It changes with every order, and nobody trusts it for more than a first look; inventory itself decides. */
  linger: 100,
})
export type StockState = DataOf<typeof stockState>

/** Commands and answers of the checkout saga; all keyed by the order's id. */
export const reserveStock = contract({
  type: 'inventory.ReserveStock',
  stream: 'log',
  data: z.object({ orderId: id, lines: z.array(variantQuantity).min(1) }),
})
export type ReserveStock = DataOf<typeof reserveStock>

export const commitStock = contract({
  type: 'inventory.CommitStock',
  stream: 'log',
  /** The lines again, so that stock can still be taken when the reservation has expired. */
  data: z.object({ orderId: id, lines: z.array(variantQuantity).min(1) }),
})
export type CommitStock = DataOf<typeof commitStock>

export const releaseStock = contract({
  type: 'inventory.ReleaseStock',
  stream: 'log',
  data: z.object({ orderId: id }),
})
export type ReleaseStock = DataOf<typeof releaseStock>

export const stockReserved = contract({
  type: 'inventory.StockReserved',
  stream: 'log',
  data: z.object({ orderId: id, expiresAt: instant }),
})
export type StockReserved = DataOf<typeof stockReserved>

/** Answer to ReserveStock, and to CommitStock when the reservation had expired and the stock is gone. */
export const stockRefused = contract({
  type: 'inventory.StockRefused',
  stream: 'log',
  data: z.object({
    orderId: id,
    shortages: z.array(z.object({ variantId: id, requested: quantity, available: z.int().nonnegative() })),
  }),
})
export type StockRefused = DataOf<typeof stockRefused>

export const stockCommitted = contract({
  type: 'inventory.StockCommitted',
  stream: 'log',
  data: z.object({ orderId: id }),
})
export type StockCommitted = DataOf<typeof stockCommitted>

/** Nothing is held for the order any more, and what it had taken is back on the shelf. */
export const stockReleased = contract({
  type: 'inventory.StockReleased',
  stream: 'log',
  data: z.object({ orderId: id, why: z.enum(['ASKED', 'EXPIRED']) }),
})
export type StockReleased = DataOf<typeof stockReleased>
