import type { Clock } from '../../../platform/clock.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { Notifications } from '../../../platform/messaging/notifications.ts'
import { currentTraceId } from '../../../platform/telemetry/trace.ts'
import { retryWithin } from '../../../platform/work/retry.ts'
import { initialCheckout, patience } from '../domain/checkout.ts'
import type { Order, ShippingAddress } from '../domain/order.ts'
import { place, type Accepted, type Placement, type Wish } from '../domain/placement.ts'
import { digestOf } from './input-digest.ts'
import { applyInput } from '../saga/apply-input.ts'
import type { ReadModels } from '../stores/read-models.ts'
import { cartChanged, type IdempotencyKey, type OrderStore } from '../stores/store.ts'

export interface PlaceDependencies {
  readonly database: Database<OrderStore>
  readonly readModels: ReadModels
  readonly notifications: Notifications
  readonly clock: Clock
  readonly newId: NewId
  readonly newNumber: () => string
  /** Milliseconds to wait for a change of the cart that has not arrived yet. */
  readonly cartWait: number
  readonly stepDeadline: number
}

export type Placed =
  | { readonly kind: 'ORDER'; readonly order: Order }
  /** The idempotency key has been used for another input. */
  | { readonly kind: 'KEY_REUSED' }
  /** An order that stands has been placed from this version of the cart. */
  | { readonly kind: 'CART_ORDERED' }
  /** No order number was free in time. */
  | { readonly kind: 'TRY_AGAIN' }
  | Exclude<Placement, Accepted>

export interface PlaceOrderInput extends Wish {
  readonly idempotencyKey: string
  readonly shippingAddress: ShippingAddress
  readonly paymentMethodToken: string
}

export type PlaceOrder = (input: PlaceOrderInput, userId: string) => Promise<Placed>

/** Places orders. A key stands for one order, however often and however much at once it is repeated. */
export function placingOrders(dependencies: PlaceDependencies): PlaceOrder {
  const { database } = dependencies

  async function repeated({ key, digest }: IdempotencyKey, userId: string): Promise<Placed | undefined> {
    const store = database.store
    const known = await store.keyed(userId, key)
    if (known === undefined) return undefined
    if (known.digest !== digest) return { kind: 'KEY_REUSED' }
    const [order] = await store.byIds([known.orderId])
    return order && { kind: 'ORDER', order }
  }

  return async (input, userId) => {
    const key = { key: input.idempotencyKey, digest: digestOf(input) }
    const before = await repeated(key, userId)
    if (before !== undefined) return before
    const placement = await priced(input, userId, dependencies)
    if (placement.kind !== 'ACCEPTED') return placement
    const placed = await retryWithin(async (): Promise<Placed | undefined> => {
      const order = await write({ input, userId, key, accepted: placement }, dependencies)
      if (order !== undefined) return { kind: 'ORDER', order }
      const meanwhile = await repeated(key, userId)
      if (meanwhile !== undefined) return meanwhile
      if (await database.store.isOrdered(placement.cart)) return { kind: 'CART_ORDERED' }
      // Only its number is taken, which is one in a million million: another is drawn.
      return undefined
    })
    return placed ?? { kind: 'TRY_AGAIN' }
  }
}

/** The read model may lag behind the client's own last change of the cart, so a newer one is waited for. */
async function priced(input: PlaceOrderInput, userId: string, dependencies: PlaceDependencies): Promise<Placement> {
  const { readModels, notifications, cartWait } = dependencies
  const known = await notifications.until(cartChanged(userId), {
    look: () => readModels.cartOf(userId),
    enough: (seen) => (seen?.cart.version ?? 0) >= input.cartVersion,
    atMost: cartWait,
  })
  return place(input, known?.cart, known?.offers ?? [])
}

interface Writing {
  readonly input: PlaceOrderInput
  readonly userId: string
  readonly key: IdempotencyKey
  readonly accepted: Accepted
}

/** Undefined, and nothing is written or published, when the key, the cart or the number is taken. */
async function write(writing: Writing, dependencies: PlaceDependencies): Promise<Order | undefined> {
  const { database, clock, stepDeadline } = dependencies
  const at = clock()
  const paymentMethodToken = writing.input.paymentMethodToken
  const open = { order: draft(writing, at, dependencies), paymentMethodToken }
  const placed = applyInput(open, { input: { kind: 'PLACE_ORDER' } }, { at, traceId: currentTraceId() })
  const { order, steps, messages } = placed
  return database.transaction(async (transaction) => {
    const timer = { patience: patience(order.checkout, stepDeadline) }
    const isNew = await transaction.store.insert({ order, paymentMethodToken, steps, key: writing.key, ...timer })
    if (!isNew) return undefined
    transaction.publish(...messages)
    return order
  })
}

function draft({ input, userId, accepted }: Writing, at: Date, { newId, newNumber }: PlaceDependencies): Order {
  const { cart, lines, total } = accepted
  return {
    id: newId(),
    number: newNumber(),
    userId,
    lines: lines.map((line) => ({ id: newId(), ...line })),
    total,
    shippingAddress: input.shippingAddress,
    placedAt: at,
    updatedAt: at,
    cart,
    checkout: initialCheckout,
    version: 0,
  }
}
