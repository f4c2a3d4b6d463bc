import { describe, expect, it } from 'vitest'

import { newUuid } from '../../../platform/ids.ts'
import { password, placeOrder, settledOrder, addToCart } from '../../support/shopper.ts'
import { address, type HttpAnswer, type Json } from '../../support/shopping.ts'
import { variantsOf, type Shop } from '../shop.ts'
import { coordinatesOf } from './declared.ts'
import { publishBroken } from './long-lists.ts'

interface IdArgument {
  readonly as: 'shopper' | 'staff'
  /** Takes `$id`, and answers one field. */
  readonly query: string
  /** An id that names something; another one each time where naming it uses it up. */
  readonly issued: (shop: Shop) => Promise<string>
  /** Where nothing can be found yet. */
  readonly never?: true
}

const firstProduct = (shop: Shop) => Promise.resolve(shop.products[9]?.id ?? '')
const firstVariant = (shop: Shop) => Promise.resolve(variantsOf(shop.products.slice(9))[0] ?? '')
const ownOrder = (shop: Shop) => Promise.resolve(shop.orderId)

const idArguments: Readonly<Record<string, IdArgument>> = {
  'Query.product(id:)': { as: 'shopper', query: 'query ($id: ID!) { product(id: $id) { id } }', issued: firstProduct },
  'Query.boughtWith(productIds:)': {
    as: 'shopper',
    query: 'query ($id: ID!) { boughtWith(productIds: [$id]) { product { id } } }',
    issued: firstProduct,
  },
  'Query.order(id:)': { as: 'shopper', query: 'query ($id: ID!) { order(id: $id) { id } }', issued: ownOrder },
  'AddCartItemInput.variantId': {
    as: 'shopper',
    query: 'mutation ($id: ID!) { addCartItem(input: { variantId: $id }) { __typename ... on Refusal { code } } }',
    issued: firstVariant,
  },
  'UpdateCartLineInput.lineId': {
    as: 'shopper',
    query: `mutation ($id: ID!) {
      updateCartLine(input: { lineId: $id, quantity: 1 }) { __typename ... on Refusal { code } } }`,
    async issued({ shopper }) {
      const { data } = await shopper.send('{ cart { lines { id } } }')
      return data.cart.lines[0].id
    },
  },
  'Mutation.removeAddress(id:)': {
    as: 'shopper',
    query: 'mutation ($id: ID!) { removeAddress(id: $id) }',
    async issued({ shopper }) {
      const query = 'mutation ($input: AddressInput!) { addAddress(input: $input) { ... on Address { id } } }'
      const { data } = await shopper.send(query, { input: address })
      return data.addAddress.id
    },
  },
  'Mutation.cancelOrder(id:)': {
    as: 'staff',
    query: 'mutation ($id: ID!) { cancelOrder(id: $id) { __typename ... on Refusal { code } } }',
    issued: newOrder,
  },
  'AskAssistantInput.conversationId': {
    as: 'shopper',
    query: `mutation ($id: ID) {
      askAssistant(input: { conversationId: $id, message: "Hello" }) { __typename ... on Refusal { code } } }`,
    issued: () => Promise.resolve(newUuid()),
    never: true,
  },
  'RecommendationReference.productId': {
    as: 'shopper',
    query: `mutation ($id: ID!) {
      recommendationFeedback(
        input: { event: CLICKED, recommendations: [{ productId: $id, reason: POPULAR, algorithm: "popularity" }] }
      ) { __typename ... on Refusal { code } } }`,
    issued: firstProduct,
  },
  'Mutation.setPrice(variantId:)': {
    as: 'staff',
    query: 'mutation ($id: ID!) { setPrice(variantId: $id, amount: 100) { __typename ... on Refusal { code } } }',
    issued: firstVariant,
  },
  'Mutation.setStock(variantId:)': {
    as: 'staff',
    query: 'mutation ($id: ID!) { setStock(variantId: $id, onHand: 5) { __typename ... on Refusal { code } } }',
    issued: firstVariant,
  },
  'Mutation.discontinueProduct(id:)': {
    as: 'staff',
    query: 'mutation ($id: ID!) { discontinueProduct(id: $id) { __typename ... on Refusal { code } } }',
    issued: (shop) => Promise.resolve(shop.products.at(-1)?.id ?? ''),
  },
  'Mutation.replayDeadLetter(id:)': {
    as: 'staff',
    query: 'mutation ($id: ID!) { replayDeadLetter(id: $id) }',
    issued: newDeadLetter,
  },
}

async function newOrder({ client, products, harness }: Shop): Promise<string> {
  const input = { email: `${newUuid()}@example.org`, password, name: 'Grace' }
  const { data } = await client().run('WebSignUp', { input })
  const customer = client(data.signUp.accessToken)
  await addToCart(customer, variantsOf(products.slice(8))[0] ?? '')
  const placed = await placeOrder(customer)
  const { id } = await settledOrder(customer, placed.data.placeOrder.id)
  await harness.settled()
  return id
}

async function newDeadLetter({ harness, staff }: Shop): Promise<string> {
  await publishBroken(harness)
  await harness.settled()
  const { data } = await staff.send('{ deadLetters(first: 1) { edges { node { id } } } }')
  return data.deadLetters.edges[0].node.id
}

/** Spellings that PostgreSQL or another library would take for the same id, and what is no id at all. */
const otherSpellings: readonly [string, (id: string) => string][] = [
  ['of something that is not there', () => newUuid()],
  ['in braces', (id) => `{${id}}`],
  ['between spaces', (id) => ` ${id} `],
  ['with a line feed', (id) => `${id}\n`],
  ['as a URN', (id) => `urn:uuid:${id}`],
  ['without hyphens', (id) => id.replaceAll('-', '')],
  ['with full-width digits', (id) => id.replace(/\d/, (digit) => String.fromCodePoint(0xff10 + Number(digit)))],
  ['the nil UUID', () => '00000000-0000-0000-0000-000000000000'],
  ['an empty text', () => ''],
  ['a NUL', () => '\u0000'],
  ['half a surrogate pair', () => '\ud800'],
  ['10 kB', () => 'a'.repeat(10_000)],
  ['a word', () => 'nonsense'],
  ['SQL', () => "' or 1 = 1 --"],
]

/** Every way to say that there is no such thing is one outcome; a failure is its code. */
function outcomeOf({ data, errors }: HttpAnswer): string {
  if (errors.length > 0) return `error ${errors.map(({ extensions }) => extensions.code).join(', ')}`
  const [answer]: Json[] = Object.values(data)
  const isNothing = answer === null || answer === false || (Array.isArray(answer) && answer.length === 0)
  if (isNothing) return 'NOT_FOUND'
  return answer.code ?? 'found'
}

export function idsAreAlike(shop: () => Shop): void {
  it('is known of every argument that takes an id', () => {
    const declared = coordinatesOf(({ typeName }) => typeName === 'ID')
    expect(Object.keys(idArguments).sort()).toEqual(declared)
  })

  describe.each(Object.entries(idArguments))('%s', (_coordinate, { as, query, issued, never }) => {
    const outcome = async (id: unknown) => outcomeOf(await shop()[as].send(query, { id }))
    const found = never === true ? 'NOT_FOUND' : 'found'

    it('takes an id as it was issued, and in capitals', async () => {
      expect(await outcome(await issued(shop()))).toBe(found)
      expect(await outcome((await issued(shop())).toUpperCase())).toBe(found)
    })

    it('finds nothing by anything else', async () => {
      const id = await issued(shop())
      const outcomes = await Promise.all(
        otherSpellings.map(async ([what, spelling]) => [what, await outcome(spelling(id))]),
      )
      expect(outcomes).toEqual(otherSpellings.map(([what]) => [what, 'NOT_FOUND']))
    })

    it('takes a number for a text, as GraphQL does, and no other kind of value', async () => {
      expect(await outcome(5)).toBe('NOT_FOUND')
      for (const value of [1.5, true, [['x']], {}]) expect(await outcome(value)).toBe('error BAD_USER_INPUT')
    })
  })
}
