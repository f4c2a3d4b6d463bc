import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { productState } from '../../../../contracts/products.ts'
import { StoreUnavailable } from '../../../../platform/errors.ts'
import type { Bus } from '../../../../platform/messaging/bus.ts'
import { mongoProgram, startMongo } from '../../../../scripts/servers/mongodb.ts'
import { fastestFolder } from '../../../../tests/support/fast-folder.ts'
import { createHarness, type Harness } from '../../../../tests/support/harness.ts'
import { mongoDatabaseOn } from '../../../../tests/support/mongodb.ts'
import { categories, product } from '../../../../tests/support/products.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { evolve, newProduct, type Product } from '../../domain/product.ts'
import { stateOf } from '../../events.ts'
import type { ProductStore } from '../store.ts'
import { mongoProductStores } from './stores.ts'

/** Milliseconds: the store's deadline, and what a busy machine may take beyond it. */
const timeout = 2_000
const grace = 1_500

type Server = Awaited<ReturnType<typeof startMongo>>

await whereInstalled(mongoProgram, () => {
  let folder: string
  let server: Server

  beforeAll(async () => {
    folder = await mkdtemp(join(await fastestFolder(), 'souk-mongodb-'))
    server = await startMongo({ folder })
  })

  // Else a test that fails while it hangs fails those behind it too.
  afterEach(() => server.goOn())
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  const restarted = () => startMongo({ folder, port: server.port })

  /** How long the server was waited for until `work` failed as one that is not available. */
  async function refusedAfter(work: () => Promise<unknown>): Promise<number> {
    const began = performance.now()
    await expect(work()).rejects.toThrow(StoreUnavailable)
    return performance.now() - began
  }

  /** Until it works again, by itself. */
  async function recovered<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work()
      } catch (thrown) {
        if (!(thrown instanceof StoreUnavailable) || tries === 20) throw thrown
      }
    }
  }

  describe('products on a MongoDB that hangs', () => {
    test('refuses within the deadline, and goes on by itself', async () => {
      const database = mongoDatabaseOn(server.url, { timeout })
      const { storage, products } = mongoProductStores(database)
      await storage.open()
      await products.saveCategories(categories)
      await server.hang()
      for (const work of [() => products.byIds(['x']), () => products.page(firstPage), () => products.save(plate, 0)]) {
        expect(await refusedAfter(work)).toBeLessThan(timeout + grace)
      }
      await expect(storage.ready()).rejects.toThrow()
      server.goOn()
      expect(await recovered(() => products.categories())).toHaveLength(categories.length)
      await recovered(() => storage.ready().catch((cause: unknown) => Promise.reject(new StoreUnavailable({ cause }))))
      await storage.close()
    })

    test('answers clients that a part of the shop is not available', async () => {
      const harness = await createHarness()
      const database = mongoDatabaseOn(server.url, { timeout })
      await harness.add('products', { stores: { products: mongoProductStores(database) } })
      const ask = () => harness.ask('products', { query: '{ product(slug: "plate") { id } }' })
      const answered = async () => {
        let answer = await ask()
        for (let tries = 0; answer.errors.length > 0 && tries < 20; tries += 1) answer = await ask()
        return answer
      }
      expect(await answered()).toEqual({ data: { product: null }, errors: [] })
      await server.hang()
      expect((await ask()).errors.map(({ code }) => code)).toEqual(['SUBGRAPH_UNAVAILABLE'])
      server.goOn()
      expect(await answered()).toEqual({ data: { product: null }, errors: [] })
      await harness.stop()
      await database.close()
    })
  })

  describe('products on a MongoDB that is killed among writes', () => {
    test('has all that it acknowledged, whole, and what is to be published of it', async () => {
      const database = mongoDatabaseOn(server.url, { timeout })
      const { storage, products } = mongoProductStores(database)
      await storage.open()
      const acknowledged: Product[] = []
      const writers = Array.from({ length: 4 }, () => writeUntilRefused(products, acknowledged))
      while (acknowledged.length < 60) await Promise.race([...writers, nextTurn()])
      await server.kill()
      await Promise.all(writers)
      server = await restarted()

      const found = await recovered(() => products.byIds(acknowledged.map(({ id }) => id)))
      const versions = new Map(found.map(({ id, version }) => [id, version]))
      // A write that was not acknowledged may be there too.
      for (const { id, version } of acknowledged) expect(versions.get(id)).toBeGreaterThanOrEqual(version)
      const published = await drained(storage.outbox)
      for (const { id, version } of acknowledged) expect(published.get(id)).toContain(version)
      for (const { id, version } of found) expect(published.get(id)).toEqual(upTo(version))
      await storage.close()
    })

    test('is published in full once it is back, with nobody restarted', async () => {
      const harness: Harness = await createHarness()
      const database = mongoDatabaseOn(server.url, { timeout })
      const { importProducts } = await harness.add('products', { stores: { products: mongoProductStores(database) } })
      await importProducts(categories, [product('Before')])
      await harness.settled()
      await server.kill()
      await expect(importProducts(categories, [product('Meanwhile')])).rejects.toThrow(StoreUnavailable)
      server = await restarted()
      await recovered(() => importProducts(categories, [product('After')]))
      await harness.settled()
      const names = (await harness.published(productState)).map(({ data }) => data.name)
      expect(names).toEqual(expect.arrayContaining(['Before', 'After']))
      await harness.stop()
      await database.close()
    })
  })
})

const firstPage = { criteria: {}, sorting: { by: 'NAME' }, first: 10 } as const
const plate = saved(newProductOf('Plate'))

function newProductOf(name: string): Product {
  const { categorySlug: slug, variants, ...given } = product(name)
  const [first] = variants.map(({ price: amount, ...variant }) => ({ ...variant, price: { amount, currency: 'GBP' } }))
  if (first === undefined) throw new Error('it has a variant')
  return newProduct({
    ...given,
    slug: `${given.slug}-${given.id}`,
    category: { slug, name: slug },
    variants: [{ ...first, sku: given.id }],
  })
}

function saved(state: Product) {
  return { product: state, messages: [stateOf(state)] }
}

/** Creates products, changes each once, and notes what was acknowledged, until the store refuses. */
async function writeUntilRefused(products: ProductStore, acknowledged: Product[]): Promise<void> {
  try {
    for (;;) {
      const created = newProductOf('Thing')
      await products.save(saved(created), 0)
      acknowledged.push(created)
      const changed = evolve(created, { kind: 'DISCONTINUED' })
      await products.save(saved(changed), created.version)
      acknowledged.push(changed)
    }
  } catch (thrown) {
    if (!(thrown instanceof StoreUnavailable)) throw thrown
  }
}

/** The versions that go out, by product, in order. */
async function drained(outbox: { relayBatch(publish: Bus['publish']): Promise<boolean> }) {
  const versions = new Map<string, number[]>()
  const publish: Bus['publish'] = (_stream, messages) => {
    for (const { subject, aggregateversion } of messages) {
      versions.set(subject, [...(versions.get(subject) ?? []), aggregateversion])
    }
    return Promise.resolve()
  }
  while (await outbox.relayBatch(publish));
  return versions
}

const upTo = (version: number) => Array.from({ length: version }, (_, at) => at + 1)
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5))
