import { afterAll, beforeAll } from 'vitest'

import { productState } from '../../contracts/products.ts'
import type { Message, OutgoingMessage } from '../../platform/messaging/message.ts'
import { newUuid } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
import {
  decide,
  evolve,
  newProduct,
  type Category,
  type Product,
  type Variant,
} from '../../subgraphs/products/domain/product.ts'
import type { ProductStore, ProductToSave } from '../../subgraphs/products/stores/store.ts'

/** One empty store of its own, and what it has been asked to publish. */
export interface OpenedProductStore {
  readonly store: ProductStore
  /** What the store holds for the bus, in the order in which it will go out. */
  published(): Promise<Message[]>
  close(): Promise<void>
}

export const toys: Category = { slug: 'toys', name: 'Toys' }
export const lamps: Category = { slug: 'lamps', name: 'Lamps' }
const longAgo = Date.UTC(2020, 0, 1)

interface Sketch {
  readonly name?: string
  readonly slug?: string
  readonly category?: Category
  readonly prices?: readonly [number, ...number[]]
  readonly skus?: readonly string[]
  /** Days after the first of January 2020. */
  readonly day?: number
}

function variantOf(price: number, sku = `SKU-${newUuid()}`): Variant {
  const options = [{ name: 'Colour', value: 'Red' }]
  return { id: newUuid(), sku, name: 'One', price: money(price, 'GBP'), options, initialStock: 3 }
}

export function sketch({
  name = 'Thing',
  slug,
  category = toys,
  prices = [100],
  skus = [],
  day = 0,
}: Sketch = {}): Product {
  const id = newUuid()
  const [first, ...others] = prices
  return newProduct({
    id,
    slug: slug ?? `thing-${id}`,
    name,
    description: 'What it is.\nWhat it is for.',
    category,
    createdAt: new Date(longAgo + day * 86_400_000),
    variants: [variantOf(first, skus[0]), ...others.map((price, index) => variantOf(price, skus[index + 1]))],
  })
}

export function toSave(product: Product): ProductToSave {
  const message: OutgoingMessage = {
    type: productState.type,
    stream: productState.stream,
    key: product.id,
    version: product.version,
    data: { name: product.name },
  }
  return { product, messages: [message] }
}

export function repriced(product: Product, amount: number): Product {
  const change = decide({ kind: 'SET_PRICE', variantId: product.variants[0].id, amount }, product)
  if (change === undefined) throw new Error('the price is that already')
  return evolve(product, change)
}

/** Every group starts from a store with the two categories and nothing else. */
export function openedBefore(open: () => Promise<OpenedProductStore>): () => OpenedProductStore {
  const held: { now?: OpenedProductStore } = {}
  beforeAll(async () => {
    held.now = await open()
    await held.now.store.saveCategories([toys, lamps])
  })
  afterAll(() => held.now?.close())
  return () => {
    if (held.now === undefined) throw new Error('the store is not open')
    return held.now
  }
}
