import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { readDemoBaskets, type DemoBasket } from './baskets.ts'
import { readDemoCatalogue, type DemoCatalogue } from './catalogue/catalogue.ts'
import { penceOf } from './catalogue/items.ts'
import { demoShopperOrders } from './shopper.ts'

const dataDir = join(import.meta.dirname, '../data')

let baskets: DemoBasket[]
let catalogue: DemoCatalogue
beforeAll(async () => {
  baskets = await readDemoBaskets(dataDir)
  catalogue = await readDemoCatalogue(dataDir, baskets)
})

describe('the purchase history', () => {
  it('is read whole, in the order of time', () => {
    expect(baskets).toHaveLength(17_272)
    expect(baskets[0]).toEqual({
      at: new Date('2010-12-01T08:26:00Z'),
      customer: '17850',
      items: [2871, 2432, 2582, 2543, 2542, 1492, 664],
    })
    expect(baskets.some(({ customer }) => customer === null)).toBe(true)
  })

  it('names only items that are sold', () => {
    const unknown = baskets.flatMap(({ items }) => items).filter((item) => !catalogue.variantOfItem.has(item))
    expect(unknown).toEqual([])
  })

  it.each([
    ['x,c,items\n', 'the header'],
    ['t,c,items\n2010-12-01 08:26,1,\n', 'line 2 is not a basket'],
    ['t,c,items\n2010-13-01 08:26,1,4\n', 'line 2 is not a basket'],
    ['t,c,items\n2010-12-01 08:26,1,4;5\n', 'line 2 is not a basket'],
    ['t,c,items\n2010-12-02 08:26,1,4\n2010-12-01 08:26,1,4\n', 'line 3 is out of order'],
  ])('is refused when it is damaged: %j', async (text, reason) => {
    const dir = await mkdtemp(join(tmpdir(), 'souk-baskets-'))
    onTestFinished(() => rm(dir, { recursive: true }))
    await mkdir(join(dir, 'online-retail'))
    await writeFile(join(dir, 'online-retail', 'baskets.csv.gz'), gzipSync(text))
    await expect(readDemoBaskets(dir)).rejects.toThrow(reason)
  })
})

describe("the demo shopper's orders", () => {
  it('are six to twelve of one customer, over most of a year, none large', () => {
    const orders = demoShopperOrders(baskets, catalogue)
    const [first, last] = [orders[0], orders.at(-1)]
    expect(orders.length).toBeGreaterThanOrEqual(6)
    expect(orders.length).toBeLessThanOrEqual(12)
    expect((last?.placedAt.getTime() ?? 0) - (first?.placedAt.getTime() ?? 0)).toBeGreaterThan(250 * 24 * 3600 * 1000)
    expect(orders.every(({ lines }) => lines.length > 0 && lines.length <= 20)).toBe(true)
  })

  it("are at the catalogue's prices, and their lines sum to their totals", () => {
    const prices = new Map(catalogue.products.flatMap(({ variants }) => variants.map(({ id, price }) => [id, price])))
    for (const { lines, total } of demoShopperOrders(baskets, catalogue)) {
      for (const { variantId, unitPrice, quantity } of lines) {
        expect(unitPrice).toBe(prices.get(variantId))
        expect(quantity).toBeGreaterThanOrEqual(1)
      }
      expect(total).toBe(lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0))
    }
  })

  it('are the same every time, with no id twice', () => {
    const orders = demoShopperOrders(baskets, catalogue)
    const ids = orders.flatMap(({ orderId, paymentId, lines }) => [
      orderId,
      paymentId,
      ...lines.map(({ lineId }) => lineId),
    ])
    expect(demoShopperOrders(baskets, catalogue)).toEqual(orders)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a price in pounds', () => {
  it.each([
    ['0.85', 85],
    ['2.1', 210],
    ['125.0', 12_500],
    ['1.15', 115],
    ['7', 700],
  ])('%s is %i pence', (pounds, pence) => {
    expect(penceOf(pounds)).toBe(pence)
  })

  it.each(['0', '0.00', '-1', '1.999', 'free', '', '1e3', '99999999'])('%j is none', (pounds) => {
    expect(() => penceOf(pounds)).toThrow('not a price')
  })
})
