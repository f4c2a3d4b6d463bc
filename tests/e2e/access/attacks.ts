import { randomUUID } from 'node:crypto'

import { getNamedType, isLeafType, type GraphQLField } from 'graphql'

import { address } from '../../support/shopping.ts'
import { password } from '../../support/shopper.ts'
import type { Known } from './people.ts'
import { supergraph } from '../../support/schemas.ts'
import { pathsFrom, selectionOf, type ArgumentsOf } from './paths.ts'

/** A change that names what is the owner's, by somebody who is not. */
export interface Attack {
  readonly mutation: string
  readonly variables: (known: Known) => Record<string, unknown>
  /** Staff do it by right; everybody else is refused. */
  readonly forStaff?: true
}

const order = ({ idempotencyKey }: Known) => ({
  idempotencyKey,
  cartVersion: 1,
  expectedTotal: 274_011,
  shippingAddress: address,
  paymentMethodToken: 'tok_approve',
})

/** By mutation; each is sent by every role but the owner. */
export const attacks: readonly Attack[] = [
  { mutation: 'addCartItem', variables: ({ variantId }) => ({ input: { variantId, quantity: 1 } }) },
  { mutation: 'updateCartLine', variables: ({ cartLineId }) => ({ input: { lineId: cartLineId, quantity: 0 } }) },
  { mutation: 'clearCart', variables: () => ({}) },
  { mutation: 'acceptProposal', variables: ({ cartId }) => ({ token: cartId }) },
  { mutation: 'placeOrder', variables: (known) => ({ input: order(known) }) },
  { mutation: 'cancelOrder', variables: ({ orderId }) => ({ id: orderId }), forStaff: true },
  {
    mutation: 'askAssistant',
    variables: ({ email, orderId }) => ({ input: { message: email, conversationId: orderId } }),
  },
  {
    mutation: 'recommendationFeedback',
    variables: ({ productId }) => ({
      input: { event: 'ADDED', recommendations: [{ productId, reason: 'POPULAR', algorithm: 'popularity' }] },
    }),
  },
  { mutation: 'startGuestSession', variables: () => ({}) },
  { mutation: 'signUp', variables: ({ email }) => ({ input: { email, password, name: 'Mallory' } }) },
  { mutation: 'signIn', variables: ({ email }) => ({ input: { email, password: 'a guess of it' } }) },
  { mutation: 'refreshSession', variables: ({ userId }) => ({ refreshToken: userId }) },
  { mutation: 'signOut', variables: ({ userId }) => ({ refreshToken: userId }) },
  { mutation: 'addAddress', variables: () => ({ input: address }) },
  { mutation: 'removeAddress', variables: ({ addressId }) => ({ id: addressId }) },
  { mutation: 'setStock', variables: ({ variantId }) => ({ variantId, onHand: 49 }), forStaff: true },
  { mutation: 'setPrice', variables: ({ variantId }) => ({ variantId, amount: 1 }), forStaff: true },
  { mutation: 'discontinueProduct', variables: ({ productId }) => ({ id: productId }), forStaff: true },
  {
    mutation: 'createProduct',
    variables: () => ({
      input: {
        name: 'A trap',
        description: 'Nobody should see it.',
        category: 'bags',
        variants: [{ sku: randomUUID().slice(0, 20), name: 'One size', price: 1 }],
      },
    }),
    forStaff: true,
  },
  { mutation: 'trainRecommendations', variables: () => ({}), forStaff: true },
  { mutation: 'replayDeadLetter', variables: ({ deadLetterId }) => ({ id: deadLetterId }), forStaff: true },
]

const root = supergraph.getMutationType()
if (root === null || root === undefined) throw new Error('the supergraph has no Mutation')

export const mutations: Readonly<Record<string, GraphQLField<unknown, unknown>>> = root.getFields()

const paths = pathsFrom(supergraph, root)

/** The mutation, with a selection of all private data that its answer leads to. */
export function operationOf({ mutation }: Attack): string {
  const field = mutations[mutation]
  if (field === undefined) throw new Error(`there is no mutation ${mutation}`)
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
  const given = field.args.map(({ name }) => `${name}: $${name}`).join(', ')
  const argumentsOf: ArgumentsOf = (coordinate) => (coordinate === `Mutation.${mutation}` ? `(${given})` : '')
  const reached = paths.filter(({ steps }) => steps[0]?.field === mutation)
  const kind = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
  const selection =
    reached.length > 0 ? selectionOf(reached, argumentsOf) : `${mutation}${given === '' ? '' : `(${given})`} ${kind}`
  return `mutation ${declared === '' ? '' : `(${declared})`} { ${selection} }`
}
