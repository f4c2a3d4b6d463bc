import { afterAll, beforeAll, expect, it } from 'vitest'

import { accessTokenVerifier } from '../../platform/identity/access-token.ts'
import { startCart, type CartUnderTest } from '../../subgraphs/cart/testing/cart-under-test.ts'
import type { UsersSubgraph } from '../../subgraphs/users/subgraph.ts'
import type { Json } from '../support/shopping.ts'

const minute = 60_000
const day = 24 * 60 * minute

const time = { now: Date.parse('2026-03-01T12:00:00.000Z') }
const clock = () => new Date(time.now)

let carts: CartUnderTest
let users: UsersSubgraph
let mug: string
beforeAll(async () => {
  carts = await startCart()
  users = await carts.harness.add('users', { given: (own) => ({ ...own, clock }) })
  ;[mug = ''] = await carts.onSale(99)
})
afterAll(() => carts.harness.stop())

const session = '... on Session { accessToken refreshToken guestCartKept user { id } }'

async function mutate(query: string): Promise<Json> {
  const { data, errors } = await carts.harness.ask('users', { query })
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return Object.values(data ?? {})[0]
}

const startGuestSession = () => mutate('mutation { startGuestSession { accessToken refreshToken } }')
const refresh = (token: string) => mutate(`mutation { refreshSession(refreshToken: "${token}") { ${session} } }`)
function signUp(email: string, guestToken: string): Promise<Json> {
  const input = `{ email: "${email}", password: "a long walk home", name: "Ada", guestToken: "${guestToken}" }`
  return mutate(`mutation { signUp(input: ${input}) { ${session} } }`)
}

function identify(accessToken: string) {
  return accessTokenVerifier({ jwks: users.jwks, clock })(accessToken)
}

it('a guest who comes back after days finds the cart, signs up, and keeps it', async () => {
  const guest = await startGuestSession()
  await carts.add(await identify(guest.accessToken), mug, 2)
  time.now += 20 * day
  await expect(identify(guest.accessToken)).rejects.toMatchObject({ message: 'The access token has expired.' })

  const back = await refresh(guest.refreshToken)
  expect(await carts.contents(await identify(back.accessToken))).toEqual({ [mug]: 2 })

  const ada = await signUp('ada@example.com', back.accessToken)
  expect(ada).toMatchObject({ guestCartKept: true })
  expect(await carts.contents(await identify(ada.accessToken))).toEqual({ [mug]: 2 })
  await carts.harness.settled()
  expect(await carts.contents(await identify(ada.accessToken))).toEqual({ [mug]: 2 })
})

it('a guest whose token has expired signs up all the same, and reads that no cart came along', async () => {
  const guest = await startGuestSession()
  await carts.add(await identify(guest.accessToken), mug, 2)
  time.now += 16 * minute
  const bob = await signUp('bob@example.com', guest.accessToken)
  expect(bob).toMatchObject({ guestCartKept: false, user: { id: expect.any(String) as string } })
  expect(await carts.contents(await identify(bob.accessToken))).toBeUndefined()
})
