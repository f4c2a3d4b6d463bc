import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Subgraph } from '../platform/subgraph/subgraph.ts'
import { files, type EmbeddedConfig } from './config.ts'
import { demoAccounts, demoAddress } from './demo-accounts.ts'
import { readDemoBaskets, type DemoBasket } from './demo/baskets.ts'
import { readDemoCatalogue, type DemoCatalogue } from './demo/catalogue.ts'
import { demoId, shopOpened } from './demo/ids.ts'
import { demoShopperOrders } from './demo/shopper.ts'
import type { Progress } from './progress.ts'
import type { Subgraphs } from './subgraphs.ts'

const currency = 'GBP'

interface SeedParts {
  readonly subgraphs: Subgraphs
  readonly config: EmbeddedConfig
  readonly progress: Progress
}

/**
 * Fills an empty shop with the demo data. Each step leaves what is there as it is, and the note that it is done is
 * written last: a seed that was killed half-way is simply run again.
 */
export async function seedOnce({ subgraphs, config, progress }: SeedParts): Promise<void> {
  if (await isSeeded(config.SOUK_DATA_DIR)) return
  const baskets = await readDemoBaskets(files.demoData)
  const catalogue = await readDemoCatalogue(files.demoData, baskets)
  const { products, categories } = catalogue
  const variants = products.reduce((sum, product) => sum + product.variants.length, 0)
  await progress.step(
    `Seeding ${count(products.length)} products (${count(variants)} variants) in ${categories.length} categories`,
    async () => {
      await subgraphs.products.importProducts(categories, products)
      // What follows tells of variants that inventory must have put on the shelf by then.
      await allSettled(Object.values(subgraphs))
    },
  )
  await progress.step(`Seeding ${count(baskets.length)} baskets of purchase history`, () =>
    subgraphs.recommendations.importBaskets(basketsOf(baskets, catalogue)),
  )
  if (config.NODE_ENV !== 'production') {
    const orders = demoShopperOrders(baskets, catalogue)
    await progress.step(`Seeding ${demoAccounts.length} demo accounts and ${orders.length} past orders`, () =>
      seedPeople(subgraphs, orders),
    )
  }
  await progress.step('Working out recommendations', () => allSettled(Object.values(subgraphs)))
  await writeFile(noteIn(config.SOUK_DATA_DIR), `${new Date().toISOString()}\n`)
}

async function seedPeople(subgraphs: Subgraphs, orders: ReturnType<typeof demoShopperOrders>): Promise<void> {
  const createdAt = new Date(shopOpened)
  const [shopper] = demoAccounts
  await subgraphs.users.importUsers(
    demoAccounts.map((account) => ({
      ...account,
      createdAt,
      addresses: account.id === shopper.id ? [{ id: demoId('address', account.email, 0), ...demoAddress }] : [],
    })),
  )
  const userId = shopper.id
  const inPounds = (amount: number) => ({ amount, currency })
  await subgraphs.inventory.importSales(orders)
  await subgraphs.payments.importCaptured(
    orders.map(({ paymentId: id, orderId, total }) => ({ id, orderId, userId, amount: inPounds(total) })),
  )
  await subgraphs.orders.importDeliveredOrders(
    orders.map(({ orderId, placedAt, lines, total }) => ({
      orderId,
      userId,
      placedAt,
      total: inPounds(total),
      shippingAddress: demoAddress,
      lines: lines.map((line) => ({ ...line, unitPrice: inPounds(line.unitPrice) })),
    })),
  )
  await subgraphs.recommendations.importPurchases(
    orders.map(({ orderId, placedAt: at, lines }) => ({
      userId,
      orderId,
      at,
      productIds: lines.map(({ productId }) => productId),
    })),
  )
}

function basketsOf(baskets: readonly DemoBasket[], { productOfItem }: DemoCatalogue) {
  return baskets.map(({ at, items }, place) => ({
    source: `demo/${place}`,
    at,
    productIds: [...new Set(items.flatMap((item) => productOfItem.get(item) ?? []))],
  }))
}

/** What one subgraph says another hears, so once round is not enough: the longest chain is three subgraphs. */
async function allSettled(subgraphs: readonly Subgraph[]): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    for (const subgraph of subgraphs) await subgraph.settled()
  }
}

/** Whether the folder's shop has been filled, to the end. */
export async function isSeeded(dataDir: string): Promise<boolean> {
  return access(noteIn(dataDir)).then(
    () => true,
    () => false,
  )
}

function noteIn(dataDir: string): string {
  return join(dataDir, 'seeded')
}

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
