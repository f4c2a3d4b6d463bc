import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { databaseName } from '../../embedded/composition/names.ts'
import { connectionOfRunning } from '../../embedded/postgres/running.ts'
import { goOn, hang } from '../../scripts/servers/hang.ts'
import { addToCart, signIn, signUp, someVariants } from '../support/shopper.ts'
import { eventually } from '../support/shopping.ts'
import { startTestSouk, type TestSouk } from '../support/souk.ts'
import { request, type Answer } from './http/request.ts'

let souk: TestSouk
let stopped: number[] = []

beforeAll(async () => {
  souk = await startTestSouk({ DATABASE_STATEMENT_MS: '3000', DATABASE_CONNECT_MS: '2000', LOG_LEVEL: 'silent' })
})
afterEach(() => goOn(stopped.splice(0)))
afterAll(() => souk.stop())

/** Stops every backend of the subgraph's database, as a disk that no longer answers would. */
async function hangDatabaseOf(subgraph: string): Promise<void> {
  const connect = await connectionOfRunning(souk.dataDir)
  const client = new Client(connect?.('postgres'))
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity where datname = $1', [
    databaseName(subgraph),
  ])
  await client.end()
  stopped = rows.map(({ pid }) => pid)
  await hang(stopped)
}

async function timed(path: string): Promise<Answer & { readonly milliseconds: number }> {
  const asked = performance.now()
  const answer = await request(souk.url + path)
  return { ...answer, milliseconds: performance.now() - asked }
}

describe('with every connection to the database of products hanging', () => {
  it('/readyz names it within two seconds, time after time, and /healthz is not concerned', async () => {
    await hangDatabaseOf('products')
    for (let probe = 0; probe < 2; probe += 1) {
      const { status, json, milliseconds } = await timed('/readyz')
      expect(status).toBe(503)
      expect(json).toMatchObject({ status: 'not ready', subgraphs: { products: 'no answer', orders: 'ready' } })
      expect(milliseconds).toBeLessThan(2_000)
      expect((await timed('/healthz')).milliseconds).toBeLessThan(1_000)
    }
  })

  it('connections that hang are given up, and new ones take their place, while the old ones still hang', async () => {
    // What is found by its text the gateway does not keep.
    const member = await signUp(souk.url)
    const browse = () => member.run('WebBrowse', { first: 1, filter: { text: 'bag' } })
    // More than there are places in the pool. A place that nobody needed may still be taken by a connection that answers.
    const fill = () => Promise.all(Array.from({ length: 8 }, browse))
    const [before] = await fill()
    await hangDatabaseOf('products')
    expect((await fill()).filter(({ errors }) => errors.length > 0)).not.toEqual([])
    const { data } = await eventually(browse, ({ errors }) => errors.length === 0, {
      what: 'products answers over new connections',
    })
    expect(data.products.totalCount).toBe(before?.data.products.totalCount)
    await eventually(
      () => timed('/readyz'),
      ({ status }) => status === 200,
      { what: 'Souk is ready' },
    )
    expect(stopped.length).toBeGreaterThan(0)
  })
})

describe('a shopper whose cart is filled, with every connection to the database of products hanging', () => {
  it('sees the cart whole and changes it, as products last published what is in it', async () => {
    const shopper = await signUp(souk.url)
    const [chosen] = await someVariants(shopper, 1)
    await addToCart(shopper, chosen?.id ?? '', 2)
    const before = await shopper.run('WebCart')
    expect(before.data.cart.subtotal.amount).toBeGreaterThan(0)
    await hangDatabaseOf('products')
    expect(await shopper.run('WebCart')).toEqual(before)
    const lineId = before.data.cart.lines[0].id
    const { data, errors } = await shopper.run('WebUpdateLine', { input: { lineId, quantity: 1 } })
    expect(errors).toEqual([])
    expect(data.updateCartLine.subtotal.amount * 2).toBe(before.data.cart.subtotal.amount)
  })
})

describe('with every connection to the database of users hanging', () => {
  it('who has a token is known by the keys at hand, and who asks for the keys is answered in time', async () => {
    const shopper = await signIn(souk.url, demoAccounts[0])
    expect((await shopper.send('{ cart { id } }')).errors).toEqual([])
    await hangDatabaseOf('users')
    const keys = timed('/.well-known/jwks.json')
    expect((await shopper.send('{ cart { id } }')).errors).toEqual([])
    const { status, json, milliseconds } = await keys
    expect([status, json.errors[0].extensions.code]).toEqual([503, 'SUBGRAPH_UNAVAILABLE'])
    // The deadline of a fetch is three seconds.
    expect(milliseconds).toBeLessThan(5_000)
  })
})
