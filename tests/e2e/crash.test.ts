import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { audit } from '../../embedded/audit/audit.ts'
import { openStores } from '../../embedded/audit/stores.ts'
import { demoAccounts } from '../../embedded/demo-accounts.ts'
import { createClient, eventually, type Client } from '../support/shopping.ts'
import { addToCart, newVariant, placeOrder, signIn, signUp } from '../support/shopper.ts'
import { temporaryDataDir } from '../support/souk.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const shoppers = 10
const ordersEach = 5

let dataDir: string
let souk: RunningSouk

interface RunningSouk {
  readonly url: string
  readonly child: ChildProcess
}

/** `npm start`, as a process that can be killed. */
async function start(): Promise<RunningSouk> {
  const child = spawn(process.execPath, ['scripts/start.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const ready = /Souk is ready at (\S+)\/graphql/.exec(printed)
      if (ready?.[1] !== undefined) resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`Souk ended with ${code} before it was ready:\n${printed}`)))
  })
  return { url, child }
}

async function kill({ child }: RunningSouk): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

async function stop({ child }: RunningSouk): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  const [code] = (await exited) as [number | null]
  return code
}

beforeAll(async () => {
  dataDir = await temporaryDataDir()
  souk = await start()
})

afterAll(async () => {
  if (souk.child.exitCode === null) await kill(souk)
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
    await kill(souk)

    souk = await start()
    const again = await signIn(souk.url, demoAccounts[1])
    const pending = await eventually(
      () => again.run('StaffOrders', { status: 'PENDING' }),
      ({ data }) => data.orders.totalCount === 0,
      60_000,
    )
    expect(pending.data.orders.totalCount).toBe(0)
    const all = await again.run('StaffOrders')
    expect(all.data.orders.totalCount).toBeGreaterThan(10)

    const { stores, close } = await openStores(dataDir)
    try {
      const findings = await eventually(
        () => audit(stores),
        (found) => found.every(({ violations }) => violations.length === 0),
        30_000,
      )
      expect(findings.flatMap(({ violations }) => violations)).toEqual([])
    } finally {
      await close()
    }

    // What was there is still there, and the shop sells on.
    const { data } = await createClient(souk.url).run('WebBrowse', { first: 1 })
    expect(data.products.totalCount).toBeGreaterThan(2_900)
    expect(await stop(souk)).toBe(0)
  },
)
