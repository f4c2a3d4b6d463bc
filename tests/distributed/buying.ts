import { randomUUID } from 'node:crypto'
import { setTimeout as pass } from 'node:timers/promises'

import { withinDeadline } from '../../platform/work/deadline.ts'
import { newVariant, signUp } from '../support/shopper.ts'
import { address, type Client, type Json } from '../support/shopping.ts'

/** Milliseconds after which a client that got no answer tries again. */
const clientPause = 200
/** Milliseconds in which a request is answered, one way or the other. */
const answerTime = 60_000
/** Milliseconds in which everything must have recovered, so that whoever goes on trying is served. */
const patience = 120_000

export interface Buying {
  /** Resolves when so many orders have been acknowledged; sooner when all are through. */
  reached(orders: number): Promise<void>
  /** Resolves with the orders that were acknowledged, when every shopper has all of theirs. */
  readonly done: Promise<readonly string[]>
}

interface BuyingOptions {
  readonly url: string
  readonly staff: Client
  readonly shoppers: number
  readonly ordersEach: number
}

/**
 * Shoppers who buy as people do: what fails is tried again, under the same key, until it is acknowledged. Nothing else
 * is right while parts of the shop come and go.
 */
export async function startBuying({ url, staff, shoppers, ordersEach }: BuyingOptions): Promise<Buying> {
  const variants = await Promise.all(Array.from({ length: ordersEach }, () => newVariant(staff, shoppers)))
  const clients = await Promise.all(Array.from({ length: shoppers }, () => signUp(url)))
  const acknowledged: string[] = []
  let waiting: { orders: number; resolve(): void }[] = []

  function count(id: string): void {
    acknowledged.push(id)
    for (const waiter of waiting.filter(({ orders }) => orders <= acknowledged.length)) waiter.resolve()
    waiting = waiting.filter(({ orders }) => orders > acknowledged.length)
  }

  const done = Promise.all(
    clients.map(async (client) => {
      const shopper = { client, added: new Map<string, number>() }
      for (const variantId of variants) count(await buy(shopper, variantId))
    }),
  ).then(() => acknowledged)
  return {
    done,
    reached: (orders) => new Promise((resolve) => waiting.push({ orders, resolve })),
  }
}

interface Shopper {
  readonly client: Client
  /** How often a variant was put into the cart: again where no answer came, or where a backup was shown that lags by a moment. */
  readonly added: Map<string, number>
}

/** One order of one variant, by its id. */
function buy(shopper: Shopper, variantId: string): Promise<string> {
  return trying('the order is placed', async () => {
    const cart = await filledCart(shopper, variantId)
    const input = {
      idempotencyKey: randomUUID(),
      cartVersion: cart.version,
      expectedTotal: cart.subtotal.amount,
      shippingAddress: address,
      paymentMethodToken: 'tok_approve',
    }
    // The same again where no answer came: what has been placed is answered, and not placed once more.
    const { placeOrder } = await trying('the order is answered', () => answered(shopper, 'WebPlaceOrder', { input }))
    if (placeOrder.id === undefined) throw new Error(`${placeOrder.code}: ${placeOrder.message}`)
    return placeOrder.id
  })
}

/** The cart with one unit of the variant alone, once what the last order bought has left it, a moment after it was confirmed. */
async function filledCart(shopper: Shopper, variantId: string): Promise<Json> {
  const { cart } = await answered(shopper, 'WebCart')
  const lines: readonly Json[] = cart?.lines ?? []
  for (const { id, variant, quantity } of lines) {
    const wanted = variant.id === variantId ? 1 : 0
    if (quantity === wanted) continue
    if ((shopper.added.get(variant.id) ?? 0) < 2)
      throw new Error(`cart ${cart.id} in version ${cart.version} holds ${quantity} of ${variant.id}`)
    await changeCart(shopper, 'WebUpdateLine', { lineId: id, quantity: wanted })
    return filledCart(shopper, variantId)
  }
  if (lines.length === 1) return cart
  shopper.added.set(variantId, (shopper.added.get(variantId) ?? 0) + 1)
  await changeCart(shopper, 'WebAddToCart', { variantId, quantity: 1 })
  return filledCart(shopper, variantId)
}

async function changeCart(shopper: Shopper, operation: string, input: Json): Promise<void> {
  const [outcome]: Json[] = Object.values(await answered(shopper, operation, { input }))
  if (outcome.code !== undefined) throw new Error(`${outcome.code}: ${outcome.message}`)
}

/** The data of an answer in which nothing is missing. */
async function answered({ client }: Shopper, operation: string, variables?: Json): Promise<Json> {
  const { data, errors } = await withinDeadline(answerTime, () => client.run(operation, variables))
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data
}

async function trying<Result>(what: string, attempt: () => Promise<Result>): Promise<Result> {
  for (const deadline = Date.now() + patience; ;) {
    try {
      return await attempt()
    } catch (cause) {
      if (Date.now() > deadline) throw new Error(`waited ${patience} ms in vain until ${what}`, { cause })
      await pass(clientPause)
    }
  }
}
