import { randomUUID } from 'node:crypto'

import { address } from '../../support/shopping.ts'
import { password } from '../../support/shopper.ts'

/** What inputs that are nearly right refer to. */
export interface Known {
  readonly email: string
  readonly variantId: string
  readonly lineId: string
  readonly sku: string
  readonly category: string
}

export type Variables = Record<string, unknown>

/** How an input is answered: by a refusal, by `false`, or, where GraphQL's own types are broken, by an error. */
export type Answered =
  { readonly code: string; readonly field?: string } | { readonly is: false } | { readonly error: 'BAD_USER_INPUT' }

export interface BadInput {
  readonly what: string
  readonly variables: (known: Known) => Variables
  readonly answered: Answered
}

const nobody = '01890a5d-ac96-774b-bcce-b302099a8057'
const notFound = { code: 'NOT_FOUND' } as const
/** To a product that is not there. */
const reference = { productId: nobody, reason: 'POPULAR', algorithm: 'popularity' }
const graphqlError = { error: 'BAD_USER_INPUT' } as const
const long = (length: number) => 'x'.repeat(length)

function invalid(field: string): Answered {
  return { code: 'INVALID_INPUT', field }
}

/** One case for each value that the field of an input may not have. @param base the rest of it, which is right */
function wrong(field: string, values: readonly unknown[], base: (known: Known) => Variables): BadInput[] {
  return values.map((value) => ({
    what: `${field}: ${show(value)}`,
    variables: (known) => ({ input: { ...base(known), [field]: value } }),
    answered: invalid(field),
  }))
}

function show(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 50 ? `${text.slice(0, 40)}… (${text.length} characters)` : text
}

/** A zero-width space, a Braille cell without a dot, a Hangul filler, a text turned round, a filler in a text, marks alone. */
const unseen = ['\u200b', '\u2800', '\u3164', 'Ada \u202e', 'A\u3164da', '\u2066', '!?']
const lines = (longest: number) => [
  ...['', '   ', '\u3000\u00a0', long(longest + 1), 'A\u0000da', 'Ada\nLovelace', 'Ada \ud800'],
  ...unseen,
]
const emails = ['', 'nonsense', 'ada@', '@example.org', 'a b@example.org', 'a@@example.org', `${long(250)}@example.org`]
const newcomer = () => ({ email: `${randomUUID()}@example.org`, password, name: 'Ada' })

const signUp: BadInput[] = [
  ...wrong('email', emails, newcomer),
  ...wrong('email', ['shopper\u0000@example.org'], newcomer),
  ...wrong('password', ['', '1234567', long(129), 'password1', 'Passw0rd', 'qwertyuiop', ' '.repeat(8)], newcomer),
  ...wrong('name', lines(100), newcomer),
  { what: 'no name', variables: () => ({ input: { email: 'ada@example.org', password } }), answered: graphqlError },
  {
    what: 'an address that is taken',
    variables: ({ email }) => ({ input: { ...newcomer(), email: ` ${email.toUpperCase()} ` } }),
    answered: { code: 'EMAIL_TAKEN' },
  },
]

const wrongCredentials = { code: 'WRONG_CREDENTIALS' } as const
const account = ({ email }: Known) => ({ email, password })

const signIn: BadInput[] = [
  ...wrong('email', emails, account),
  ...wrong('password', ['', long(4_097)], account),
  {
    what: 'another password',
    variables: ({ email }) => ({ input: { email, password: 'x' } }),
    answered: wrongCredentials,
  },
  {
    what: 'an account that is not there',
    variables: () => ({ input: { email: 'nobody@example.org', password } }),
    answered: wrongCredentials,
  },
]

const addressFields: readonly [string, readonly unknown[]][] = [
  ['recipient', lines(100)],
  ['line1', lines(120)],
  ['line2', [long(121), 'A\u0000', 'A\ud800', ...unseen]],
  ['city', lines(80)],
  ['postcode', ['', '!', 'SW1Y', '12345', 'QQ1 1QQ', 'EC1A 1BBB', long(13)]],
  ['country', ['', 'XX', 'GBR', 'Great Britain', 'UK', 'G\u0000']],
]

const addAddress: BadInput[] = [
  ...addressFields.flatMap(([field, values]) => wrong(field, values, () => address)),
  ...wrong('postcode', ['', '!!!', long(13)], () => ({ ...address, country: 'US' })),
]

const quantities = [-1, 100, 2_147_483_647]

const addCartItem: BadInput[] = [
  ...wrong('quantity', [0, ...quantities], ({ variantId }) => ({ variantId })),
  ...[nobody, '', 'nonsense', "' or 1 = 1 --", '\u0000'].map((variantId) => ({
    what: `variantId: ${show(variantId)}`,
    variables: () => ({ input: { variantId } }),
    answered: notFound,
  })),
  {
    what: 'quantity: 1.5',
    variables: ({ variantId }) => ({ input: { variantId, quantity: 1.5 } }),
    answered: graphqlError,
  },
  {
    what: 'more than there is',
    variables: ({ variantId }) => ({ input: { variantId, quantity: 90 } }),
    answered: { code: 'OUT_OF_STOCK' },
  },
  {
    what: '99 more than the one that is there',
    variables: ({ variantId }) => ({ input: { variantId, quantity: 99 } }),
    answered: { code: 'QUANTITY_LIMIT' },
  },
]

const updateCartLine: BadInput[] = [
  ...wrong('quantity', quantities, ({ lineId }) => ({ lineId })),
  ...[nobody, '', 'nonsense', '\u0000'].map((lineId) => ({
    what: `lineId: ${show(lineId)}`,
    variables: () => ({ input: { lineId, quantity: 1 } }),
    answered: notFound,
  })),
]

const order = () => ({
  idempotencyKey: randomUUID(),
  cartVersion: 1,
  expectedTotal: 1_250,
  shippingAddress: address,
  paymentMethodToken: 'tok_approve',
})

const placeOrder: BadInput[] = [
  ...wrong('idempotencyKey', ['', '1234567', ' '.repeat(8), long(201), 'naïve-key', 'key\u0000key'], order),
  ...wrong('cartVersion', [-1], order),
  ...wrong('expectedTotal', [-1], order),
  ...wrong('paymentMethodToken', ['', long(256), '4242 4242 4242 4242', 'tok\u0000'], order),
  ...addressFields.flatMap(([field, values]) =>
    values.map((value) => ({
      what: `shippingAddress.${field}: ${show(value)}`,
      variables: () => ({ input: { ...order(), shippingAddress: { ...address, [field]: value } } }),
      answered: invalid(`shippingAddress.${field}`),
    })),
  ),
  {
    what: 'expectedTotal: 0.5',
    variables: () => ({ input: { ...order(), expectedTotal: 0.5 } }),
    answered: graphqlError,
  },
  {
    what: 'a version of the cart that is yet to come',
    variables: () => ({ input: { ...order(), cartVersion: 1_000 } }),
    answered: { code: 'CART_CHANGED' },
  },
  {
    what: 'another total',
    variables: () => ({ input: { ...order(), expectedTotal: 1 } }),
    answered: { code: 'PRICE_CHANGED' },
  },
]

const variant = () => ({ sku: `T${randomUUID().slice(0, 8)}`, name: 'One size', price: 100, initialStock: 1 })
const product = ({ category }: Known) => ({ name: 'Thing', description: 'A thing.', category, variants: [variant()] })

function wrongVariant(field: string, values: readonly unknown[]): BadInput[] {
  return values.map((value) => ({
    what: `variants.0.${field}: ${show(value)}`,
    variables: (known) => ({ input: { ...product(known), variants: [{ ...variant(), [field]: value }] } }),
    answered: invalid(`variants.0.${field}`),
  }))
}

const createProduct: BadInput[] = [
  ...wrong('name', lines(120), product),
  ...wrong('description', ['', '  ', long(4_001), 'A\u0000', 'A\ud800', ...unseen], product),
  ...wrong('category', ['', 'nonsense', "'", '\u0000'], product),
  ...wrong('variants', [[], Array.from({ length: 51 }, variant)], product),
  ...wrongVariant('sku', ['', '-T1', 'two words', long(41), 'T\u0000']),
  ...wrongVariant('name', lines(120)),
  ...wrongVariant('price', [0, -1, 1_000_001]),
  ...wrongVariant('initialStock', [-1, 1_000_001]),
  {
    what: 'one SKU twice',
    variables: (known) => ({
      input: {
        ...product(known),
        variants: [
          { ...variant(), sku: 'T1' },
          { ...variant(), sku: 't1' },
        ],
      },
    }),
    answered: invalid('variants.1.sku'),
  },
  {
    what: 'a SKU that is taken',
    variables: (known) => ({
      input: { ...product(known), variants: [{ ...variant(), sku: known.sku.toLowerCase() }] },
    }),
    answered: invalid('variants.0.sku'),
  },
]

/** One argument, beside the input type: an id or a token. */
function argument(name: string, values: readonly unknown[], answered: Answered): BadInput[] {
  return values.map((value) => ({ what: `${name}: ${show(value)}`, variables: () => ({ [name]: value }), answered }))
}

/** An argument of a change to a variant, whose id is right. */
function ofVariant(name: string, values: readonly unknown[], answered: Answered): BadInput[] {
  return values.map((value) => ({
    what: `${name}: ${show(value)}`,
    variables: ({ variantId }) => ({ variantId, [name]: value }),
    answered,
  }))
}

const ids = [nobody, '', 'nonsense', '\u0000', "' or 1 = 1 --"]
const unknownVariants = (rest: Variables): BadInput[] =>
  ids.map((variantId) => ({
    what: `variantId: ${show(variantId)}`,
    variables: () => ({ variantId, ...rest }),
    answered: notFound,
  }))

/** Inputs that break a rule, by mutation. Mutations without arguments have none. */
export const badInputs: Readonly<Record<string, { readonly as: 'shopper' | 'staff'; readonly inputs: BadInput[] }>> = {
  signUp: { as: 'shopper', inputs: signUp },
  signIn: { as: 'shopper', inputs: signIn },
  refreshSession: {
    as: 'shopper',
    inputs: argument('refreshToken', ['', 'nonsense', '\u0000', long(10_000)], { code: 'SESSION_EXPIRED' }),
  },
  signOut: { as: 'shopper', inputs: argument('refreshToken', ['', 'nonsense', '\u0000'], { is: false }) },
  addAddress: { as: 'shopper', inputs: addAddress },
  removeAddress: { as: 'shopper', inputs: argument('id', ids, { is: false }) },
  addCartItem: { as: 'shopper', inputs: addCartItem },
  updateCartLine: { as: 'shopper', inputs: updateCartLine },
  acceptProposal: {
    as: 'shopper',
    inputs: argument('token', ['', 'nonsense', 'a.b.c', '\u0000'], { code: 'PROPOSAL_EXPIRED' }),
  },
  placeOrder: { as: 'shopper', inputs: placeOrder },
  cancelOrder: { as: 'shopper', inputs: argument('id', ids, notFound) },
  askAssistant: {
    as: 'shopper',
    inputs: wrong('message', ['', '   ', long(2_001), '\u200b', '\u2800', 'a\u202eb', '\ud800'], () => ({})),
  },
  recommendationFeedback: {
    as: 'shopper',
    inputs: [
      ...wrong('recommendations', [[], Array.from({ length: 101 }, () => reference)], () => ({ event: 'SHOWN' })),
      {
        what: 'a product that is none',
        variables: () => ({ input: { event: 'SHOWN', recommendations: [reference] } }),
        answered: notFound,
      },
    ],
  },
  createProduct: { as: 'staff', inputs: createProduct },
  discontinueProduct: { as: 'staff', inputs: argument('id', ids, notFound) },
  setPrice: {
    as: 'staff',
    inputs: [
      ...ofVariant('amount', [0, -1, 1_000_001], invalid('amount')),
      ...ofVariant('amount', [0.5, '100', 2 ** 53], graphqlError),
      ...unknownVariants({ amount: 100 }),
    ],
  },
  setStock: {
    as: 'staff',
    inputs: [
      ...ofVariant('onHand', [-1, 1_000_001], invalid('onHand')),
      ...ofVariant('onHand', [0.5, 2 ** 31], graphqlError),
      ...unknownVariants({ onHand: 1 }),
    ],
  },
  replayDeadLetter: { as: 'staff', inputs: argument('id', ids, { is: false }) },
}
