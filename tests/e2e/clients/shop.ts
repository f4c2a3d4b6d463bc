import { randomUUID } from 'node:crypto'

import { expect } from 'vitest'

import { demoAccounts } from '../../../demo/accounts.ts'
import { createClient, eventually, type Client, type Json } from '../../support/shopping.ts'
import { addToCart, newVariant, password, placeOrder, settledOrder } from '../../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../../support/souk.ts'

const [demoShopper, demoStaff] = demoAccounts
export { demoShopper }

/** A started Souk, and its clients, who remember which registered operations they have run. */
export interface Shop {
  readonly souk: TestSouk
  readonly staff: Client
  readonly ran: ReadonlySet<string>
  newClient(token?: string): Client
  /** The data of an operation that nothing is wrong with. */
  dataOf(client: Client, operationName: string, variables?: Record<string, unknown>): Promise<Json>
  /** The same, once another part of the shop has done its own. */
  eventuallyDataOf(
    client: Client,
    operation: { readonly name: string; readonly variables?: Record<string, unknown> },
    wanted: (data: Json) => boolean,
  ): Promise<Json>
  signedIn(credentials: { email: string; password: string }): Promise<Client>
  newShopper(): Promise<{ client: Client; session: Json; email: string }>
  confirmedOrder(quantity?: number): Promise<{ client: Client; order: Json; email: string }>
}

export async function openShop(): Promise<Shop> {
  // Silent, since a dead letter, which is an error to the log, is wanted here.
  const souk = await startTestSouk({ LOG_LEVEL: 'silent' })
  const ran = new Set<string>()

  function newClient(token?: string): Client {
    const client = createClient(souk.url, token)
    const { run } = client
    return Object.assign(client, {
      run(operationName: string, variables?: Record<string, unknown>) {
        ran.add(operationName)
        return run(operationName, variables)
      },
    })
  }

  async function signedIn({ email, password }: { email: string; password: string }): Promise<Client> {
    const { signIn } = await dataOf(newClient(), 'MobileSignIn', { input: { email, password } })
    return newClient(signIn.accessToken)
  }

  async function newShopper() {
    const email = `${randomUUID()}@example.org`
    const { signUp: session } = await dataOf(newClient(), 'WebSignUp', { input: { email, password, name: 'Ada' } })
    return { client: newClient(session.accessToken), session, email }
  }

  const staff = await signedIn(demoStaff)
  return {
    souk,
    staff,
    ran,
    newClient,
    dataOf,
    signedIn,
    newShopper,
    eventuallyDataOf: (client, { name, variables }, wanted) =>
      eventually(() => dataOf(client, name, variables), wanted, { what: `${name} answers as wanted` }),
    async confirmedOrder(quantity = 1) {
      const { client, email } = await newShopper()
      await addToCart(client, await newVariant(staff, 10, 1_250), quantity)
      const { data } = await placeOrder(client)
      return { client, order: await settledOrder(client, data.placeOrder.id), email }
    },
  }
}

async function dataOf(client: Client, operationName: string, variables?: Record<string, unknown>): Promise<Json> {
  const { status, data, errors } = await client.run(operationName, variables)
  expect({ operationName, status, errors }).toEqual({ operationName, status: 200, errors: [] })
  return data
}
