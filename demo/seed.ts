import type { Subgraph } from '../platform/subgraph/subgraph.ts'
import { files, type EmbeddedConfig } from '../embedded/config.ts'
import { demoAccounts, demoAddress } from './accounts.ts'
import { readDemoBaskets, type DemoBasket } from './baskets.ts'
import { readDemoCatalogue, type DemoCatalogue } from './catalogue.ts'
import { demoId, shopOpened } from './ids.ts'
import { demoShopperOrders } from './shopper.ts'
import type { Progress } from '../embedded/progress.ts'
import { noteSeeded } from '../embedded/seeded.ts'
import { unlessAborted } from '../platform/work/deadline.ts'
import type { Subgraphs } from '../embedded/subgraphs.ts'

const currency = 'GBP'

interface DemoData {
  readonly baskets: DemoBasket[]
  readonly catalogue: DemoCatalogue
}

interface SeedParts {
  readonly subgraphs: Subgraphs
  readonly config: EmbeddedConfig
  readonly progress: Progress
  /** Calls it off between two steps, or in the middle of one. */
  readonly signal: AbortSignal
}

export async function readDemoData(): Promise<DemoData> {
  const baskets = await readDemoBaskets(files.demoData)
  return { baskets, catalogue: await readDemoCatalogue(files.demoData, baskets) }
}

/**
 * Fills an empty shop with the demo data. Each step leaves what is there as it is, and the note that it is done is
 * written last: a seed that was killed half-way is simply run again.
 */
export async function seed(data: DemoData, { subgraphs, config, progress, signal }: SeedParts): Promise<void> {
  const step = (what: string, work: () => Promise<unknown>) => {
    signal.throwIfAborted()
    return progress.step(what, () => unlessAborted(work, signal))
  }
  const wantsAccounts = config.NODE_ENV !== 'production'
  const orders = wantsAccounts ? demoShopperOrders(data.baskets, data.catalogue) : []

  await step(whatIsSold(data), () =>
    Promise.all([seedProducts(data.catalogue, subgraphs), subgraphs.recommendations.importBaskets(basketsOf(data))]),
  )
  if (wantsAccounts) {
    await step(`Seeding ${demoAccounts.length} demo accounts and ${orders.length} past orders`, () =>
      seedPeople(subgraphs, orders),
    )
  }
  await step('Working out recommendations', () => allSettled(Object.values(subgraphs)))
  signal.throwIfAborted()
  await noteSeeded(config.SOUK_DATA_DIR, { at: new Date().toISOString(), demoAccounts: wantsAccounts })
}

function whatIsSold({ baskets, catalogue: { products, categories } }: DemoData): string {
  const variants = products.reduce((sum, product) => sum + product.variants.length, 0)
  const sold = `${count(products.length)} products (${count(variants)} variants) in ${categories.length} categories`
  return `Seeding ${sold} and ${count(baskets.length)} baskets of purchase history`
}

/** Resolves when the variants are on the shelf: what follows tells of their sales. */
async function seedProducts(catalogue: DemoCatalogue, { products, inventory }: Subgraphs): Promise<void> {
  await products.importProducts(catalogue.categories, catalogue.products)
  await products.settled()
  await inventory.settled()
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

function basketsOf({ baskets, catalogue: { productOfItem } }: DemoData) {
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

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
