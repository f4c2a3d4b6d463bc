import { randomUUID } from 'node:crypto'
import { setTimeout as pass } from 'node:timers/promises'

import { newVariant, signUp } from '../support/shopper.ts'
import { address, type Client, type Json } from '../support/shopping.ts'

/** Milliseconds after which a client that got no answer tries again. */
const clientPause = 200
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
      for (const variantId of variants) count(await buy(client, variantId))
    }),
  ).then(() => acknowledged)
  return {
    done,
    reached: (orders) => new Promise((resolve) => waiting.push({ orders, resolve })),
  }
}

/** One order of one variant, by its id. */
async function buy(client: Client, variantId: string): Promise<string> {
  for (;;) {
    await fillCart(client, variantId)
    const { cart } = await trying('the cart is shown', () => data(client.run('WebCart')))
    if (cart.lines.length === 0) continue
    const input = {
      idempotencyKey: randomUUID(),
      cartVersion: cart.version,
      expectedTotal: cart.subtotal.amount,
      shippingAddress: address,
      paymentMethodToken: 'tok_approve',
    }
    // The same again where no answer came: what has been placed is answered, and not placed once more.
    const { placeOrder } = await trying('the order is answered', () => data(client.run('WebPlaceOrder', { input })))
    const id: string | undefined = placeOrder.id
    if (id !== undefined) return id
    await pass(clientPause)
  }
}

/** Puts the one variant into the cart, once what the last order bought has left it, a moment after it was confirmed. */
async function fillCart(client: Client, variantId: string): Promise<void> {
  await trying('the cart holds the variant alone', async () => {
    const { cart } = await data(client.run('WebCart'))
    const held: string[] = (cart?.lines ?? []).map(({ variant }: Json) => variant.id)
    if (held.length === 1 && held[0] === variantId) return true
    if (held.length > 0) throw new Error(`cart ${cart.id} in version ${cart.version} holds ${held.join(', ')}`)
    const { addCartItem } = await data(client.run('WebAddToCart', { input: { variantId, quantity: 1 } }))
    if (addCartItem.code !== undefined) throw new Error(`${addCartItem.code}: ${addCartItem.message}`)
    return true
  })
}

/** The data of an answer in which nothing is missing. */
async function data(answer: Promise<{ readonly data: Json; readonly errors: readonly Json[] }>): Promise<Json> {
  const { data, errors } = await answer
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return data
}

async function trying<Result>(what: string, attempt: () => Promise<Result | undefined>): Promise<Result> {
  const deadline = Date.now() + patience
  for (let last: unknown = 'not yet'; ;) {
    try {
      const result = await attempt()
      if (result !== undefined) return result
    } catch (thrown) {
      last = thrown
    }
    if (Date.now() > deadline) throw new Error(`waited ${patience} ms in vain until ${what}`, { cause: last })
    await pass(clientPause)
  }
}
