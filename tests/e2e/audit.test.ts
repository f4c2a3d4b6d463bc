import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { audit } from '../../audit/audit.ts'
import type { StoreName } from '../../audit/stores.ts'
import { openStores, type OpenStores } from '../../embedded/stores.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { addToCart, newVariant, placeOrder, settledOrder, signIn, signUp } from '../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'
import { copies, waysToBeWrong } from './audit/copies.ts'
import { plants } from './audit/plants.ts'

let souk: TestSouk
let open: OpenStores

beforeAll(async () => {
  souk = await startTestSouk()
  const staff = await signIn(souk.url, demoAccounts[1])
  const shopper = await signUp(souk.url)
  await addToCart(shopper, await newVariant(staff, 5), 2)
  const { data } = await placeOrder(shopper)
  await settledOrder(shopper, data.placeOrder.id)
  await Promise.all(Object.values(souk.souk.subgraphs).map((subgraph) => subgraph.settled()))
  open = await openStores(souk.dataDir)
})

afterAll(async () => {
  await open.close()
  await souk.stop()
})

async function broken(only?: string): Promise<string[]> {
  const findings = await audit(open.stores, { again: 0, ...(only === undefined ? {} : { only }) })
  return findings.filter(({ violations }) => violations.length > 0).map(({ law }) => law)
}

/** Each store has one connection, so the audit looks at the planted transaction, and nobody else ever does. */
async function planting(store: StoreName, statements: readonly string[], look: () => Promise<void>): Promise<void> {
  const pool = open.stores[store]
  await pool.query('begin')
  try {
    for (const statement of statements) await pool.query(statement)
    await look()
  } finally {
    await pool.query('rollback')
  }
}

// References between the tables of one copy are not what is looked at here.
const unreferenced = 'set local session_replication_role = replica'

describe('the audit', () => {
  it('finds nothing wrong with a shop that has sold', async () => {
    expect(await broken()).toEqual([])
  })

  it('has a planted violation of each of its laws', async () => {
    const laws = (await audit(open.stores)).map(({ law }) => law)
    const planted = new Set([...plants, ...copies].map(({ law }) => law))
    expect([...planted].toSorted()).toEqual(laws.toSorted())
  })

  it.each(plants.map((plant) => [plant.law, plant.store, plant] as const))(
    'finds a planted violation: %s (in %s)',
    (law, store, { statements }) =>
      planting(store, statements, async () => {
        expect(await broken(law)).toEqual([law])
      }),
  )

  it.each(copies.map((copy) => [copy.store, copy.table, copy] as const))(
    'finds whatever is wrong with what is copied: %s.%s',
    async (store, table, copy) => {
      for (const [wrong, statement] of await waysToBeWrong(open.stores, copy)) {
        await planting(store, [unreferenced, statement], async () => {
          expect(await broken(copy.law), `${table}: ${wrong}`).toEqual([copy.law])
        })
      }
    },
  )

  it('takes what is under way for no violation: what seems broken is looked at once more', async () => {
    const { cart } = open.stores
    await cart.query('begin')
    await cart.query('delete from known_stock')
    const looking = audit(open.stores, {
      only: 'the read model cart.known_stock equals a rebuild from the bus',
      again: 200,
    })
    // The first look has asked by now, and the connection answers in turn.
    await cart.query('rollback')
    expect(await looking).toMatchObject([{ violations: [] }])
  })
})
