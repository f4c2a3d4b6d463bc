import type { InventorySubgraph } from '../subgraphs/inventory/subgraph.ts'
import type { OrdersSubgraph } from '../subgraphs/orders/subgraph.ts'
import type { PaymentsSubgraph } from '../subgraphs/payments/subgraph.ts'
import type { ProductsSubgraph } from '../subgraphs/products/subgraph.ts'
import type { RecommendationsSubgraph } from '../subgraphs/recommendations/subgraph.ts'
import type { UsersSubgraph } from '../subgraphs/users/subgraph.ts'
import { demoAccounts, demoAddress } from './accounts.ts'
import { readDemoBaskets, type DemoBasket } from './baskets.ts'
import { readDemoCatalogue, type DemoCatalogue } from './catalogue/catalogue.ts'
import { demoId, shopOpened } from './ids.ts'
import { demoShopperOrders } from './shopper.ts'

const currency = 'GBP'

interface DemoData {
  readonly baskets: DemoBasket[]
  readonly catalogue: DemoCatalogue
}

/** What is to be filled: the importers of any composition. */
export interface Shop {
  readonly products: Pick<ProductsSubgraph, 'importProducts' | 'settled'>
  readonly inventory: Pick<InventorySubgraph, 'importSales' | 'settled'>
  readonly users: Pick<UsersSubgraph, 'importUsers'>
  readonly payments: Pick<PaymentsSubgraph, 'importCaptured'>
  readonly orders: Pick<OrdersSubgraph, 'importDeliveredOrders'>
  readonly recommendations: Pick<RecommendationsSubgraph, 'importBaskets' | 'importPurchases' | 'requestTraining'>
  /** Resolves when every subgraph has handled all that there is. */
  settled(): Promise<void>
}

interface SeedParts {
  readonly shop: Shop
  /** Whether there are demo accounts, and past orders of theirs. */
  readonly accounts: boolean
  /** Runs a step, and shows it to a person. */
  step(what: string, work: () => Promise<unknown>): Promise<unknown>
}

export async function readDemoData(folder: string): Promise<DemoData> {
  const baskets = await readDemoBaskets(folder)
  return { baskets, catalogue: await readDemoCatalogue(folder, baskets) }
}

/**
 * Fills an empty shop with the demo data. Each step leaves what is there as it is: a seed that was killed half-way is
 * simply run again.
 */
export async function seed(data: DemoData, { shop, accounts, step }: SeedParts): Promise<void> {
  await step(whatIsSold(data), () =>
    Promise.all([seedProducts(data.catalogue, shop), shop.recommendations.importBaskets(basketsOf(data))]),
  )
  if (accounts) {
    const orders = demoShopperOrders(data.baskets, data.catalogue)
    await step(`Seeding ${demoAccounts.length} demo accounts and ${orders.length} past orders`, () =>
      seedPeople(shop, orders),
    )
  }
  await step('Working out recommendations', () => shop.settled())
  // It takes longer than anybody should have to wait for a shop that opens.
  await shop.recommendations.requestTraining()
}

function whatIsSold({ baskets, catalogue: { products, categories } }: DemoData): string {
  const variants = products.reduce((sum, product) => sum + product.variants.length, 0)
  const sold = `${count(products.length)} products (${count(variants)} variants) in ${categories.length} categories`
  return `Seeding ${sold} and ${count(baskets.length)} baskets of purchase history`
}

/** Resolves when the variants are on the shelf: what follows takes from it. */
async function seedProducts(catalogue: DemoCatalogue, { products, inventory }: Shop): Promise<void> {
  await products.importProducts(catalogue.categories, catalogue.products)
  await products.settled()
  await inventory.settled()
}

async function seedPeople(shop: Shop, orders: ReturnType<typeof demoShopperOrders>): Promise<void> {
  const createdAt = new Date(shopOpened)
  const [shopper] = demoAccounts
  await shop.users.importUsers(
    demoAccounts.map((account) => ({
      ...account,
      createdAt,
      addresses: account.id === shopper.id ? [{ id: demoId('address', account.email, 0), ...demoAddress }] : [],
    })),
  )
  const userId = shopper.id
  const inPounds = (amount: number) => ({ amount, currency })
  await shop.inventory.importSales(orders)
  await shop.payments.importCaptured(
    orders.map(({ paymentId: id, orderId, total }) => ({ id, orderId, userId, amount: inPounds(total) })),
  )
  await shop.orders.importDeliveredOrders(
    orders.map(({ orderId, placedAt, lines, total }) => ({
      orderId,
      userId,
      placedAt,
      total: inPounds(total),
      shippingAddress: demoAddress,
      lines: lines.map((line) => ({ ...line, unitPrice: inPounds(line.unitPrice) })),
    })),
  )
  await shop.recommendations.importPurchases(
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

function count(number: number): string {
  return number.toLocaleString('en-GB')
}
