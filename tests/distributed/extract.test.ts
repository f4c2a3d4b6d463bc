import { mkdir, rm } from 'node:fs/promises'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { demoAccounts } from '../../demo/accounts.ts'
import { cartsOnRedis } from '../../embedded/elsewhere.ts'
import { readConfig } from '../../embedded/config.ts'
import { silentProgress, type Progress } from '../../embedded/console/progress.ts'
import { startSouk, type Souk } from '../../embedded/souk.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { startExtracted, type Extracted } from '../../scripts/extract/start.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { seededDataDir } from '../support/seeded-data-dir.ts'
import { addToCart, newVariant, placeOrder, signIn, signUp } from '../support/shopper.ts'
import { createClient, eventually, type Client, type Json } from '../support/shopping.ts'

let dataDir: string
let environment: Record<string, string>
let extracted: Extracted
let running: Souk

beforeAll(async () => {
  dataDir = await seededDataDir()
  environment = { PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test', LOG_LEVEL: 'silent' }
  extracted = await startExtracted({
    ...{ name: 'cart', onRedis: false, environment, progress: silentProgress },
    signal: new AbortController().signal,
  })
  running = extracted
})

afterAll(async () => {
  await running.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const itemsOf = async (shopper: Client): Promise<Json> => {
  const { data } = await shopper.run('WebCart')
  return data.cart?.lines.map((line: Json) => [line.variant.id, line.quantity])
}

it('a shopper buys while cart is apart: what was bought leaves the cart', async () => {
  const staff = await signIn(running.url, demoAccounts[1])
  const shopper = await signUp(running.url)
  await addToCart(shopper, await newVariant(staff, 5), 2)
  const { data, errors } = await placeOrder(shopper)
  expect(errors).toEqual([])
  expect(data.placeOrder.code).toBeUndefined()
  await eventually(
    () => itemsOf(shopper),
    (items) => items?.length === 0,
    { what: 'the cart is empty' },
  )
})

it('a cart that is killed costs its own fields and nothing else, comes back, and is the same in one process again', async () => {
  const staff = await signIn(running.url, demoAccounts[1])
  const variantId = await newVariant(staff, 5)
  const shopper = await signUp(running.url)
  await addToCart(shopper, variantId, 2)

  await extracted.part.current().kill()
  const asked = await shopper.send('{ cart { itemCount } categories { slug } me { email } }')
  expect(asked.errors).toMatchObject([{ path: ['cart'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }])
  expect(asked.data).toMatchObject({ cart: null, me: { email: shopper.email } })
  expect(asked.data.categories.length).toBeGreaterThan(0)

  const items = await eventually(
    () => itemsOf(shopper),
    (found) => found !== undefined,
    { what: 'cart is back' },
  )
  expect(items).toEqual([[variantId, 2]])

  await extracted.stop()
  running = await startSouk({
    config: readConfig(environment),
    log: createLogger('silent'),
    progress: silentProgress,
  })
  const same = createClient(running.url, shopper.token)
  expect(await itemsOf(same)).toEqual([[variantId, 2]])
  expect((await addToCart(same, variantId)).itemCount).toBe(3)
})

it('carts that were left on Redis are not forgotten: cart runs on it once more, and brings them back', async () => {
  await running.stop()
  const alone = { config: readConfig(environment), log: createLogger('silent'), progress: silentProgress }
  // As it is after a SIGKILL.
  await mkdir(cartsOnRedis(dataDir))
  const cure = expect.stringContaining('Run that again') as string
  await expect(startSouk(alone)).rejects.toMatchObject({ name: 'StartError', cure })
  const options = { name: 'cart', environment, progress: silentProgress, signal: new AbortController().signal }
  await expect(startExtracted({ ...options, onRedis: false })).rejects.toMatchObject({ name: 'StartError', cure })

  running = await startExtracted({ ...options, onRedis: true })
  const staff = await signIn(running.url, demoAccounts[1])
  const shopper = await signUp(running.url)
  const variantId = await newVariant(staff, 5)
  await addToCart(shopper, variantId, 2)
  await running.stop()
  running = await startSouk(alone)
  expect(await itemsOf(createClient(running.url, shopper.token))).toEqual([[variantId, 2]])
})

it('an empty folder is filled in one process first, and then the subgraph runs apart on the same PostgreSQL', async () => {
  const empty = await temporaryDataDir()
  const steps: string[] = []
  const progress: Progress = {
    ...silentProgress,
    step(what, work) {
      steps.push(what)
      return work()
    },
  }
  const shop = await startExtracted({
    ...{ name: 'products', onRedis: false, progress, signal: new AbortController().signal },
    environment: { ...environment, SOUK_DATA_DIR: empty },
  })
  const { data } = await createClient(shop.url).run('WebBrowse', { first: 1 })
  await shop.stop()
  await rm(empty, { recursive: true, force: true })
  expect(data.products.totalCount).toBe(2_989)
  expect(steps.filter((step, place) => steps.indexOf(step) !== place)).toEqual([])
})

it('a folder that has no shop yet is refused with a subgraph somewhere else: what fills it needs all of them', async () => {
  const empty = await temporaryDataDir()
  const config = readConfig({ ...environment, SOUK_DATA_DIR: empty, SUBGRAPH_URL_CART: 'http://127.0.0.1:1/graphql' })
  const started = startSouk({ config, log: createLogger('silent'), progress: silentProgress })
  await expect(started).rejects.toMatchObject({ name: 'StartError', cure: expect.stringContaining('npm start') })
  await rm(empty, { recursive: true, force: true })
})
