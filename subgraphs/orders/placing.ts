import type { RefusalCode } from '../../contracts/graph/generated.ts'
import type { Clock } from '../../platform/clock.ts'
import { refused, type Refused } from '../../platform/graphql/refusals.ts'
import type { NewId } from '../../platform/ids.ts'
import type { Database } from '../../platform/messaging/database.ts'
import { currentTraceId } from '../../platform/telemetry/trace.ts'
import { retryWithin } from '../../platform/work/retry.ts'
import { advance } from './advance.ts'
import { initialCheckout, patience } from './domain/checkout.ts'
import type { Order } from './domain/order.ts'
import { place, type Accepted, type Placement } from './domain/placement.ts'
import { digestOf, type PlaceOrderInput } from './graph/inputs.ts'
import type { ReadModels } from './stores/read-models.ts'
import type { IdempotencyKey, OrderStore } from './stores/store.ts'
import type { Notifications } from '../../platform/messaging/notifications.ts'
import { cartChanged } from './stores/store.ts'

export interface PlacingDependencies {
  readonly database: Database<OrderStore>
  readonly readModels: ReadModels
  readonly notifications: Notifications
  readonly clock: Clock
  readonly newId: NewId
  readonly newNumber: () => string
  /** Milliseconds to wait for a change of the cart that is yet to be heard of. */
  readonly cartWait: number
  readonly stepDeadline: number
}

export type Placed =
  | { readonly kind: 'ORDER'; readonly order: Order }
  | { readonly kind: 'REFUSED'; readonly refusal: Refused<RefusalCode> }
  | Exclude<Placement, Accepted>

export type PlaceOrder = (input: PlaceOrderInput, userId: string) => Promise<Placed>

/** Places orders. A key stands for one order, however often and however much at once it is repeated. */
export function placingOrders(dependencies: PlacingDependencies): PlaceOrder {
  const { database } = dependencies

  async function repeated({ key, digest }: IdempotencyKey, userId: string): Promise<Placed | undefined> {
    const store = database.store
    const known = await store.keyed(userId, key)
    if (known === undefined) return undefined
    if (known.digest !== digest) {
      return refusal('IDEMPOTENCY_CONFLICT', 'This idempotency key has been used for another input.')
    }
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
      if (await database.store.isOrdered(placement.cart)) {
        return refusal('CONFLICT', 'This cart has been ordered already; look among your orders.')
      }
      // Only its number is taken, which is one in a million million: another is drawn.
      return undefined
    })
    return placed ?? refusal('CONFLICT', 'The order could not be placed just now; try again.')
  }
}

/** The read model may lag behind the client's own last change of the cart, so a newer one is waited for. */
async function priced(input: PlaceOrderInput, userId: string, dependencies: PlacingDependencies): Promise<Placement> {
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

/** Undefined, and nothing is written or said, when the key, the cart or the number is taken. */
async function write(writing: Writing, dependencies: PlacingDependencies): Promise<Order | undefined> {
  const { database, clock, stepDeadline } = dependencies
  const at = clock()
  const paymentMethodToken = writing.input.paymentMethodToken
  const open = { order: draft(writing, at, dependencies), paymentMethodToken }
  const placed = advance(open, { input: { kind: 'PLACE_ORDER' } }, { at, traceId: currentTraceId() })
  const { order, steps, messages } = placed
  return database.transaction(async (transaction) => {
    const timer = { patience: patience(order.checkout, stepDeadline) }
    const isNew = await transaction.store.insert({ order, paymentMethodToken, steps, key: writing.key, ...timer })
    if (!isNew) return undefined
    transaction.publish(...messages)
    return order
  })
}

function draft({ input, userId, accepted }: Writing, at: Date, { newId, newNumber }: PlacingDependencies): Order {
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

function refusal(code: RefusalCode, message: string): Placed {
  return { kind: 'REFUSED', refusal: refused(code, message) }
}
