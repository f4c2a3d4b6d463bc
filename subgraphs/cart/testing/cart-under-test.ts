import { SignJWT } from 'jose'
import { describe } from 'vitest'

import { cartState, type CartState } from '../../../contracts/cart.ts'
import { stockState } from '../../../contracts/inventory.ts'
import { productState } from '../../../contracts/products.ts'
import { proposalAudience, proposalIssuer } from '../../../contracts/proposal.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { Subgraph } from '../../../platform/subgraph/subgraph.ts'
import type { PostgresDatabase } from '../../../platform/postgres/database.ts'
import { redisProgram } from '../../../scripts/servers/redis.ts'
import { createHarness, type AddOptions, type Answer, type Harness } from '../../../tests/support/harness.ts'
import { openLoneRedisCarts } from '../../../tests/support/redis-carts.ts'
import { startTestRedis } from '../../../tests/support/redis.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import type { Json } from '../../../tests/support/shopping.ts'
import { productMessage, stockMessage } from '../../../tests/support/messages.ts'
import type { Money } from '../../../platform/money.ts'
import type { CartOwner } from '../domain.ts'
import { cartLaws, type CartLaws } from '../laws.ts'
import { postgresCartStore } from '../stores/postgres/carts.ts'
import { offerKeys } from '../stores/redis/keys.ts'
import { redisCartLaws } from '../stores/redis/laws.ts'
import type { CartStore } from '../stores/store.ts'

const secret = 'a secret of the tests, 32 characters at least'

export interface Proposal {
  readonly owner: CartOwner
  readonly lines: readonly { readonly variantId: string; readonly quantity: number; readonly price?: Money }[]
  readonly id?: string
  /** Seconds from now; null for a token that never expires. */
  readonly expiresIn?: number | null
  /** Seconds since it was signed; null where it does not say. */
  readonly age?: number | null
  readonly secret?: string
}

export interface CartUnderTest extends CartInside {
  readonly harness: Harness
  readonly subgraph: Subgraph
  /** Variants of one product that products and inventory have published of. */
  onSale(...stock: number[]): Promise<string[]>
  discontinue(...variantIds: string[]): Promise<void>
  /** From now on each variant of their product costs so much. */
  reprice(variantIds: readonly string[], amount: number): Promise<void>
  /** The answer to one mutation, as plain data. */
  add(viewer: Viewer, variantId: string, quantity?: number): Promise<Json>
  update(viewer: Viewer, lineId: string, quantity: number): Promise<Json>
  clear(viewer: Viewer): Promise<Json>
  accept(viewer: Viewer, token: string): Promise<Json>
  propose(proposal: Proposal): Promise<string>
  /** What the viewer's cart holds, by variant; undefined without a cart. */
  contents(viewer: Viewer): Promise<Record<string, number> | undefined>
  cart(viewer: Viewer): Promise<Json>
  ask(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer>
  /** What was published last of the cart. */
  published(cartId: string): Promise<CartState | undefined>
  stop(): Promise<void>
}

/** What tests do behind the subgraph's back. */
interface CartInside {
  /** Starts another replica on the same stores, and accepts a proposal there. */
  replica(): Promise<(viewer: Viewer, token: string) => Promise<Answer>>
  /** Its store, as another replica has it. */
  readonly anotherStore: CartStore
  /** All that it knows of variants, by what it is kept in. */
  known(): Promise<unknown>
  forget(what: 'the catalogue' | 'the catalogue and stock'): Promise<void>
  forgetVariant(variantId: string): Promise<void>
}

type StartCart = () => Promise<CartUnderTest>

/** Defines the tests for carts on PostgreSQL, and on Redis where that can be had. */
export async function onEachStore(define: (startCart: StartCart) => void): Promise<void> {
  describe('on PostgreSQL', () => define(startCart))
  await whereInstalled(redisProgram, () => describe('on Redis', () => define(startOnRedis)))
}

export async function startCart(): Promise<CartUnderTest> {
  const harness = await createHarness({ retryPauses: [20, 20] })
  const subgraph = await harness.add('cart', { config: { PROPOSAL_SECRET: secret } })
  const database = harness.databaseOf('cart')
  const inside: CartInside = {
    anotherStore: postgresCartStore(database),
    replica: () => startReplica(harness, { given: (own) => ({ ...own, database }) }),
    ...inPostgres(database),
    known: () => allKnown(cartLaws(database)),
  }
  return underTest({ harness, subgraph, inside, stop: harness.stop })
}

async function startOnRedis(): Promise<CartUnderTest> {
  const harness = await createHarness({ retryPauses: [20, 20] })
  const server = await startTestRedis()
  const { stores, redis, backup, close } = await openLoneRedisCarts(server.url)
  const subgraph = await harness.add('cart', { config: { PROPOSAL_SECRET: secret }, stores: { cart: stores } })
  const copy = inPostgres(backup)
  const { products, variants, stock } = offerKeys
  const inside: CartInside = {
    anotherStore: stores.carts,
    replica: () => startReplica(harness, { stores: { cart: stores } }),
    known: () => allKnown(redisCartLaws({ redis, backup })),
    async forget(what) {
      await copy.forget(what)
      await redis.client.del(products, variants, ...(what === 'the catalogue' ? [] : [stock]))
    },
    async forgetVariant(variantId) {
      await copy.forgetVariant(variantId)
      await redis.client.hdel(variants, variantId)
    },
  }
  async function stop() {
    await harness.stop()
    await close()
    await server.stop()
  }
  return underTest({ harness, subgraph, inside, stop })
}

const acceptMutation = `mutation ($token: String!) { acceptProposal(token: $token) { ... on Refusal { code } } }`

async function startReplica(
  harness: Harness,
  options: AddOptions,
): Promise<Awaited<ReturnType<CartInside['replica']>>> {
  const as = 'cart-2'
  await harness.add('cart', { as, config: { PROPOSAL_SECRET: secret }, ...options })
  return (viewer, token) => harness.ask(as, { viewer, query: acceptMutation, variables: { token } })
}

function inPostgres(database: PostgresDatabase): Pick<CartInside, 'forget' | 'forgetVariant'> {
  return {
    async forget(what) {
      const stock = what === 'the catalogue' ? '' : ', known_stock'
      await database.query(`truncate known_product, known_variant${stock}`)
    },
    async forgetVariant(variantId) {
      await database.query('delete from known_variant where variant_id = $1', [variantId])
    },
  }
}

async function allKnown({ readModels }: CartLaws): Promise<unknown> {
  const models = await Promise.all(readModels.map(async ({ name, found }) => [name, await found()] as const))
  return Object.fromEntries(
    models.map(([name, facts]) => [name, facts.toSorted((one, other) => (one.key < other.key ? -1 : 1))]),
  )
}

const cartFields = 'id version itemCount lines { id quantity variant { id } }'
const selection = `
  ... on Cart { ${cartFields} }
  ... on Refusal { code message }
  ... on OutOfStock { shortages { variant { id } requested available } }
  ... on InvalidInput { field }`

export function newUser(guestId?: string): Extract<Viewer, { kind: 'user' }> {
  return { kind: 'user', id: newUuid(), roles: ['SHOPPER'], guestId }
}

export function newGuest(): Extract<Viewer, { kind: 'guest' }> {
  return { kind: 'guest', id: newUuid() }
}

interface Parts extends Pick<CartUnderTest, 'harness' | 'subgraph' | 'stop'> {
  readonly inside: CartInside
}

function underTest({ harness, subgraph, inside, stop }: Parts): CartUnderTest {
  const ask = (viewer: Viewer, query: string, variables?: Record<string, unknown>) =>
    harness.ask('cart', { viewer, query, ...(variables === undefined ? {} : { variables }) })

  async function read(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Json> {
    const { data, errors } = await ask(viewer, query, variables)
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
    return data
  }

  async function publishProduct(
    variantIds: readonly string[],
    {
      status = 'ACTIVE',
      version,
      amount = 250,
    }: { status?: 'ACTIVE' | 'DISCONTINUED'; version: number; amount?: number },
  ) {
    const [productId = ''] = variantIds
    const variants = variantIds.map((variantId) => ({ variantId, sku: variantId, price: { amount, currency: 'GBP' } }))
    await harness.publish(productState, productMessage({ productId, version, status, variants }))
  }

  const cart = async (viewer: Viewer) => (await read(viewer, `{ cart { ${cartFields} } }`)).cart

  return {
    ...inside,
    harness,
    subgraph,
    stop,
    ask,
    cart,
    async onSale(...stock) {
      const variantIds = stock.map(() => newUuid())
      await publishProduct(variantIds, { version: 1 })
      for (const [index, variantId] of variantIds.entries()) {
        await harness.publish(stockState, stockMessage({ variantId, available: stock[index] ?? 0 }))
      }
      await harness.settled()
      return variantIds
    },
    async discontinue(...variantIds) {
      await publishProduct(variantIds, { status: 'DISCONTINUED', version: 2 })
      await harness.settled()
    },
    async reprice(variantIds, amount) {
      await publishProduct(variantIds, { version: 3, amount })
      await harness.settled()
    },
    async add(viewer, variantId, quantity = 1) {
      const query = `mutation ($input: AddCartItemInput!) { addCartItem(input: $input) { ${selection} } }`
      return (await read(viewer, query, { input: { variantId, quantity } })).addCartItem
    },
    async update(viewer, lineId, quantity) {
      const query = `mutation ($input: UpdateCartLineInput!) { updateCartLine(input: $input) { ${selection} } }`
      return (await read(viewer, query, { input: { lineId, quantity } })).updateCartLine
    },
    clear: async (viewer) => (await read(viewer, `mutation { clearCart { ${selection} } }`)).clearCart,
    async accept(viewer, token) {
      const query = `mutation ($token: String!) { acceptProposal(token: $token) { ${selection} } }`
      return (await read(viewer, query, { token })).acceptProposal
    },
    propose({ owner, lines, id = newUuid(), expiresIn = 60, age = 0, ...rest }) {
      const priced = lines.map((line) => ({ price: { amount: 250, currency: 'GBP' }, ...line }))
      const token = new SignJWT({ owner, lines: priced })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(proposalIssuer)
        .setAudience(proposalAudience)
        .setJti(id)
      if (age !== null) token.setIssuedAt(Math.floor(Date.now() / 1000) - age)
      if (expiresIn !== null) token.setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
      return token.sign(new TextEncoder().encode(rest.secret ?? secret))
    },
    async contents(viewer) {
      const found = await cart(viewer)
      if (found === null) return undefined
      return Object.fromEntries(found.lines.map(({ variant, quantity }: Json) => [variant.id, quantity]))
    },
    async published(cartId) {
      await harness.settled()
      return (await harness.published(cartState)).find(({ subject }) => subject === cartId)?.data
    },
  }
}
