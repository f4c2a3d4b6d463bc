import { rm } from 'node:fs/promises'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { audit } from '../../audit/audit.ts'
import { openStores } from '../../embedded/stores.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { createClient, eventually, type Client } from '../support/shopping.ts'
import { addToCart, newVariant, placeOrder, signIn, signUp } from '../support/shopper.ts'
import { killSouk, startSoukProcess, stopSouk, type SoukProcess } from '../support/souk-process.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'

const shoppers = 10
const ordersEach = 5

let dataDir: string
let souk: SoukProcess

beforeAll(async () => {
  dataDir = await seededDataDir()
  souk = await startSoukProcess(dataDir)
})

afterAll(async () => {
  if (souk.child.exitCode === null) await killSouk(souk)
  await rm(dataDir, { recursive: true, force: true })
})

/** A shopper places an order; the answer may be lost with the process. */
async function tryOrder(client: Client, variantId: string): Promise<void> {
  await addToCart(client, variantId)
  await placeOrder(client)
}

it(
  'brings every order to an end after kill -9 in the middle of fifty, and the laws hold',
  { timeout: 240_000 },
  async () => {
    const staff = await signIn(souk.url, demoAccounts[1])
    const variants = await Promise.all(Array.from({ length: ordersEach }, () => newVariant(staff, 8)))
    const clients = await Promise.all(Array.from({ length: shoppers }, () => signUp(souk.url)))

    // Everybody orders all the time; the process is killed when a third of it is through.
    let placed = 0
    const enough = new Promise<void>((resolve) => {
      const running = clients.map(async (client) => {
        for (const variantId of variants) {
          await tryOrder(client, variantId)
          placed += 1
          if (placed >= (shoppers * ordersEach) / 3) resolve()
        }
      })
      // What the kill cuts off fails, as it would for a shopper.
      void Promise.allSettled(running).then(() => resolve())
    })
    await enough
    await killSouk(souk)

    souk = await startSoukProcess(dataDir)
    const again = await signIn(souk.url, demoAccounts[1])
    const pending = await eventually(
      () => again.run('StaffOrders', { status: 'PENDING' }),
      ({ data }) => data.orders.totalCount === 0,
      { what: 'no order is pending', within: 60_000 },
    )
    expect(pending.data.orders.totalCount).toBe(0)
    const all = await again.run('StaffOrders')
    expect(all.data.orders.totalCount).toBeGreaterThan(10)

    const { stores, close } = await openStores(dataDir)
    try {
      const findings = await eventually(
        () => audit(stores),
        (found) => found.every(({ violations }) => violations.length === 0),
        { what: 'every law holds', within: 30_000 },
      )
      expect(findings.flatMap(({ violations }) => violations)).toEqual([])
    } finally {
      await close()
    }

    // What was there is still there, and the shop sells on.
    const { data } = await createClient(souk.url).run('WebBrowse', { first: 1 })
    expect(data.products.totalCount).toBeGreaterThan(2_900)
    expect(await stopSouk(souk)).toBe(0)
  },
)
