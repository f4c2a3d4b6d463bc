import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { audit } from '../../embedded/audit/audit.ts'
import type { StoreName } from '../../embedded/audit/law.ts'
import { openStores, type OpenStores } from '../../embedded/audit/stores.ts'
import { demoAccounts } from '../../embedded/demo-accounts.ts'
import { addToCart, newVariant, placeOrder, settledOrder, signIn, signUp } from '../support/shopper.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'

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

async function broken(): Promise<string[]> {
  return (await audit(open.stores)).filter(({ violations }) => violations.length > 0).map(({ law }) => law)
}

interface Plant {
  readonly law: string
  readonly store: StoreName
  readonly statements: readonly string[]
}

const longAgo = `now() - interval '1 hour'`

/** A violation of each law, as a bug or a hand in the database could leave it. */
const plants: readonly Plant[] = [
  {
    law: 'no variant is oversold',
    store: 'inventory',
    statements: [
      'alter table stock drop constraint stock_check',
      'update stock set held = on_hand + 1 where variant_id = (select variant_id from stock limit 1)',
    ],
  },
  {
    law: 'stock is conserved: the ledger sums to it, and holds are what is held',
    store: 'inventory',
    statements: ['update stock set on_hand = on_hand + 1 where variant_id = (select variant_id from stock limit 1)'],
  },
  {
    law: 'every reservation ends',
    store: 'inventory',
    statements: [
      `insert into reservation (order_id, state, lines, expires_at) values (gen_random_uuid(), 'HELD', '[]', ${longAgo})`,
    ],
  },
  {
    law: 'at most one capture an order, of the exact total',
    store: 'payments',
    statements: [
      'update test_provider.charge set captures = 2 where key = (select key from test_provider.charge limit 1)',
    ],
  },
  {
    law: 'confirmed means captured, committed, and as it was placed',
    store: 'payments',
    statements: [`update payment set status = 'PENDING' where id = (select id from payment limit 1)`],
  },
  {
    law: 'rejected or cancelled means nothing held and nothing charged',
    store: 'orders',
    statements: [`update "order" set status = 'CANCELLED' where id = (select id from "order" limit 1)`],
  },
  {
    law: 'every order ends',
    store: 'orders',
    statements: [
      `update "order" set saga_state = 'CAPTURING', status = 'PENDING', due_at = null
       where id = (select id from "order" limit 1)`,
    ],
  },
  {
    law: 'one idempotency key, one order',
    store: 'orders',
    statements: [
      'alter table "order" drop constraint order_user_id_idempotency_key_key',
      `insert into "order" select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'number', 'other',
         'cart_version', 999))).* from "order" as one where idempotency_key is not null limit 1`,
    ],
  },
  {
    law: 'lines sum to totals',
    store: 'orders',
    statements: ['update "order" set total = total + 1 where id = (select id from "order" limit 1)'],
  },
  {
    law: 'what was said is published',
    store: 'orders',
    statements: [
      `insert into outbox (id, stream, message)
       values (gen_random_uuid(), 'log', jsonb_build_object('type', 'test', 'time', ${longAgo}))`,
    ],
  },
  {
    law: 'an order that is confirmed has each of its consequences once',
    store: 'notifications',
    statements: [
      `insert into notification select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
       from notification as one where template = 'order-confirmed' limit 1`,
    ],
  },
  {
    law: 'no message was given up',
    store: 'bus',
    statements: [
      `insert into dead_letter (id, consumer, stream, message, position, attempts, error)
       values (gen_random_uuid(), 'cart', 'log', '{}', 0, 1, 'planted')`,
    ],
  },
  {
    law: 'the read model orders.catalogue equals a rebuild',
    store: 'orders',
    statements: [
      'update catalogue_variant set price = price + 1 where variant_id = (select variant_id from catalogue_variant limit 1)',
    ],
  },
  {
    law: 'the read model cart.stock equals a rebuild',
    store: 'cart',
    statements: ['delete from known_stock where variant_id = (select variant_id from known_stock limit 1)'],
  },
]

describe('the audit', () => {
  it('finds nothing wrong with a shop that has sold', async () => {
    expect(await broken()).toEqual([])
  })

  for (const { law, store, statements } of plants) {
    it(`finds a planted violation: ${law}`, async () => {
      // Each store has one connection, so the audit looks at the planted transaction, and nobody else ever does.
      const pool = open.stores[store]
      await pool.query('begin')
      try {
        for (const statement of statements) await pool.query(statement)
        expect(await broken()).toContain(law)
      } finally {
        await pool.query('rollback')
      }
    })
  }
})
