import { expect } from 'vitest'

import type { Client, HttpAnswer } from '../support/shopping.ts'

export interface Asking {
  readonly shopper: Client
  readonly staff: Client
  readonly visitor: Client
  /** Of a product that is in stock. */
  readonly slug: string
  /** Of the shopper's cart. */
  readonly lineId: string
  /** One of the shopper's, which is confirmed. */
  readonly orderId: string
  readonly account: { readonly email: string; readonly password: string }
}

type Ask = (asking: Asking) => Promise<HttpAnswer>

/** Who asks for a change is told what came of it; that it was refused is none of what is looked at here. */
const changed = (field: string) => (answer: HttpAnswer) => {
  const refused: unknown = answer.data?.[field]?.code
  if (refused !== undefined) throw new Error(`${field} was refused: ${JSON.stringify(refused)}`)
  return answer
}

/** A cart that is shown is the one that the shopper has filled. */
function filled(answer: HttpAnswer): HttpAnswer {
  if (answer.errors.length === 0) expect(answer.data.cart.lines).toHaveLength(1)
  return answer
}

/** What is asked of the shop, and is to be had or not. */
const asked = {
  'product pages': ({ shopper, slug }) =>
    shopper.send('query ($slug: String!) { product(slug: $slug) { name variants { price { amount } } } }', { slug }),
  search: ({ visitor }) => visitor.send('{ products(filter: { text: "bag" }, first: 2) { edges { node { name } } } }'),
  'stock of products': ({ shopper, slug }) =>
    shopper.send('query ($slug: String!) { product(slug: $slug) { variants { availability { quantity } } } }', {
      slug,
    }),
  recommendations: ({ visitor }) => visitor.send('{ popularProducts(first: 2) { explanation } }'),
  accounts: ({ shopper }) => shopper.send('{ me { name email } }'),
  'sign-in': ({ visitor, account }) => visitor.run('MobileSignIn', { input: account }).then(changed('signIn')),
  carts: ({ shopper }) => shopper.send('{ cart { version lines { quantity total { amount } } } }').then(filled),
  'changes of carts': ({ shopper, lineId }) =>
    shopper
      .send(
        `mutation ($lineId: ID!, $quantity: Int!) {
          updateCartLine(input: { lineId: $lineId, quantity: $quantity }) {
            ... on Cart { itemCount }
            ... on Refusal { code }
          }
        }`,
        // Another quantity than before.
        { lineId, quantity: 1 + (changes++ % 9) },
      )
      .then(changed('updateCartLine')),
  orders: ({ shopper, orderId }) =>
    shopper.send('query ($id: ID!) { order(id: $id) { number status total { amount } } }', { id: orderId }),
  'payments of orders': ({ shopper, orderId }) =>
    shopper.send('query ($id: ID!) { order(id: $id) { payment { status } } }', { id: orderId }),
  'messages about orders': ({ shopper, orderId }) =>
    shopper.send('query ($id: ID!) { order(id: $id) { notifications { status } } }', { id: orderId }),
  'dead letters': ({ staff }) => staff.send('{ deadLetters(first: 1) { totalCount } }'),
} satisfies Record<string, Ask>

let changes = 1

export type Asked = keyof typeof asked

/** Asks for everything at once. Returns the errors of what is not to be had. */
export async function notToBeHad(asking: Asking): Promise<Partial<Record<Asked, HttpAnswer['errors']>>> {
  const answers = await Promise.all(
    Object.entries(asked).map(async ([name, ask]) => [name, (await ask(asking)).errors] as const),
  )
  return Object.fromEntries(answers.filter(([, errors]) => errors.length > 0))
}

/** One, from which one may tell what to do. */
export const oneError = [
  expect.objectContaining({
    extensions: {
      code: 'SUBGRAPH_UNAVAILABLE',
      traceId: expect.any(String) as string,
      retryable: expect.any(Boolean) as boolean,
    },
  }) as unknown,
]
