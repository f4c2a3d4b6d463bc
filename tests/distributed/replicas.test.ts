import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { startDistributedSouk, type DistributedTestSouk } from '../support/distributed-souk.ts'
import { eventually, type Client, type Json } from '../support/shopping.ts'
import { addToCart, newVariant, placeOrder, signIn, signUp } from '../support/shopper.ts'

const inStock = 6
const shoppers = 10

let souk: DistributedTestSouk
let staff: Client

beforeAll(async () => {
  souk = await startDistributedSouk({ NODE_ENV: 'test' }, { replicas: 2 })
  staff = await signIn(souk.url, demoAccounts[1])
})

afterAll(() => souk.stop())

async function order(client: Client): Promise<string> {
  const { data } = await placeOrder(client)
  const id: string | undefined = data?.placeOrder?.id
  return id === undefined ? 'not placed' : endOf(client, id)
}

/** Resolves with the order's last status, however its subgraphs are just now. */
async function endOf(client: Client, id: string): Promise<string> {
  const { data }: Json = await eventually(
    () => client.run('MobileOrderStatus', { id }),
    (answer) => !['PENDING', undefined].includes(answer.data?.order?.status),
    { what: 'the order ends', within: 60_000, every: 200 },
  )
  return data.order.status
}

it('shares the work among two replicas of each subgraph, and takes over what a killed one had in hand', async () => {
  const variantId = await newVariant(staff, inStock)
  const clients = await Promise.all(Array.from({ length: shoppers }, () => signUp(souk.url)))
  for (const client of clients) await addToCart(client, variantId)

  const ordering = Promise.all(clients.map(order))
  const killed = ['inventory-2', 'orders-2', 'payments-2'].flatMap((name) => souk.distributed.processes.get(name) ?? [])
  expect(killed).toHaveLength(3)
  await Promise.all(killed.map((process) => process.current().kill()))

  const ends = await ordering
  const confirmed = ends.filter((end) => end === 'CONFIRMED').length
  expect(confirmed).toBeLessThanOrEqual(inStock)
  // What a killed replica had not answered was never placed, as far as its client knows.
  const placed = ends.filter((end) => end !== 'not placed')
  expect(placed.filter((end) => end === 'REJECTED')).toHaveLength(placed.length - confirmed)
  const broken = await eventually(
    async () => (await souk.audit()).filter(({ violations }) => violations.length > 0),
    (findings) => findings.length === 0,
    { what: 'every law holds', every: 1_000 },
  )
  expect(broken).toEqual([])
})
