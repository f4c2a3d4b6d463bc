import { decodeJwt } from 'jose'

import { demoAccounts } from '../../../demo/accounts.ts'
import { systemClock } from '../../../platform/clock.ts'
import { viewerFromClaims } from '../../../platform/identity/claims.ts'
import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { stampMessages } from '../../../platform/messaging/outbox.ts'
import { createClient, eventually, type Client, type Json } from '../../support/shopping.ts'
import { addToCart, newVariant, placeOrder, settledOrder, signIn, signUp, someVariants } from '../../support/shopper.ts'
import type { TestSouk } from '../../support/souk.ts'
import type { Role } from './privacy.ts'

export interface Person {
  readonly client: Client
  readonly viewer: Viewer
}

export interface People {
  readonly by: Readonly<Record<Role, Person>>
  /** Another owner: of a cart, and of nothing else. */
  readonly guestOwner: Person
  /** What to ask for the owner's things by. */
  readonly known: Known
}

export interface Known {
  readonly email: string
  readonly userId: string
  readonly orderId: string
  readonly paymentId: string
  readonly notificationId: string
  readonly cartId: string
  readonly cartLineId: string
  readonly guestCartId: string
  readonly addressId: string
  readonly idempotencyKey: string
  readonly deadLetterId: string
  readonly variantId: string
  readonly productId: string
}

/** So dear that no total of the owner's could be anybody else's. */
const price = 91_337
const address = {
  recipient: 'Olivia Ownerson',
  line1: '71 Sentinel Street',
  line2: 'Behind the Lighthouse',
  city: 'Ownerston',
  postcode: 'SE1 7NT',
  country: 'GB',
}
const shippingAddress = {
  recipient: 'Otto Overseas',
  line1: '3 Quayside',
  line2: 'Third Floor',
  city: 'Shippingham',
  postcode: 'TR11 3XA',
  country: 'GB',
}

function personOf(client: Client): Person {
  const viewer = client.token === undefined ? visitor : viewerFromClaims(decodeJwt(client.token))
  return { client, viewer }
}

async function newGuest(url: string): Promise<Client> {
  const { data } = await createClient(url).run('MobileStart')
  return createClient(url, data.startGuestSession.accessToken)
}

/** An owner of everything that there is to own, others who would like to see it, and some things of their own. */
export async function gatherPeople(souk: TestSouk): Promise<People> {
  const { url } = souk
  const staff = await signIn(url, demoAccounts[1])
  const variantId = await newVariant(staff, 50, price)
  const { owner, known } = await createOwner(souk, { staff, variantId })
  const guestOwner = await newGuest(url)
  const guestCart = await addToCart(guestOwner, variantId, 4)

  const other = await signUp(url)
  const guest = await newGuest(url)
  const [own] = await someVariants(other, 1)
  for (const client of [other, guest, staff]) await addToCart(client, own?.id ?? '')
  const { data } = await placeOrder(other)
  await settledOrder(other, data.placeOrder.id)
  await addToCart(other, own?.id ?? '')

  return {
    by: {
      'a visitor': personOf(createClient(url)),
      'a guest': personOf(guest),
      'another shopper': personOf(other),
      staff: personOf(staff),
      'the owner': personOf(owner),
    },
    guestOwner: personOf(guestOwner),
    known: { ...known, guestCartId: guestCart.id, variantId },
  }
}

async function createOwner(souk: TestSouk, { staff, variantId }: { staff: Client; variantId: string }) {
  const owner = await signUp(souk.url, { name: 'Olivia Ownerson' })
  const { data: added } = await owner.send(
    'mutation ($input: AddressInput!) { addAddress(input: $input) { ... on Address { id } } }',
    { input: address },
  )
  await addToCart(owner, variantId, 3)
  const idempotencyKey = newUuid()
  const { data: placed } = await placeOrder(owner, { idempotencyKey, shippingAddress })
  await settledOrder(owner, placed.placeOrder.id)
  const { data } = await eventually(
    () => owner.run('WebOrder', { id: placed.placeOrder.id }),
    (answer) => answer.data.order.notifications[0]?.status === 'SENT',
    { what: 'the mail about the order is sent' },
  )
  await eventually(
    () => owner.run('MobileBadge'),
    (answer) => answer.data.cart.itemCount === 0,
    { what: 'the cart is empty' },
  )
  const cart = await addToCart(owner, variantId, 2)
  const { order } = data
  const known = {
    email: owner.email,
    userId: order.customer.id,
    orderId: order.id,
    paymentId: order.payment.id,
    notificationId: order.notifications[0].id,
    cartId: cart.id,
    cartLineId: cart.lines[0].id,
    addressId: added.addAddress.id,
    productId: order.lines[0].variant.product.id,
    idempotencyKey,
    deadLetterId: await buryMessageOf(souk, { staff, orderId: order.id, userId: order.customer.id }),
  }
  return { owner, known }
}

/** A message of the owner's order that nobody can read; returns the id of the dead letter. */
async function buryMessageOf(
  { souk }: TestSouk,
  { staff, orderId, userId }: { staff: Client; orderId: string; userId: string },
): Promise<string> {
  const refund = { type: 'payments.RefundPayment', stream: 'log', key: orderId, version: 1, data: { userId } } as const
  const stamp = { source: 'test', clock: systemClock, newId: newUuid }
  for (const { stream, message } of stampMessages([refund], stamp)) await souk.bus.publish(stream, [message])
  const { data }: Json = await eventually(
    () => staff.run('StaffDeadLetters'),
    (answer) => answer.data.deadLetters.edges.length === 1,
    { what: 'the message becomes a dead letter' },
  )
  return data.deadLetters.edges[0].node.id
}
