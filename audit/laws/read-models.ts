import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import { shownName } from '../../subgraphs/orders/domain/placement.ts'
import { differences, rowsOf, settledFacts, type CopyTable, type Fact } from '../facts.ts'
import type { Law, Stores, Verdict } from '../law.ts'

/** The newest message of a key. */
interface Told {
  readonly key: string
  readonly version: number
  readonly data: unknown
}

interface ReadModel extends CopyTable {
  /** Its name on the bus. */
  readonly reader: string
  readonly type: string
  /** The rows that one message makes, by the column that names them. */
  rowsFrom(told: Told): readonly (readonly [key: string, row: object])[]
}

type Variant = ProductState['variants'][number]

function perVariant(row: (variant: Variant, product: ProductState, version: number) => object): ReadModel['rowsFrom'] {
  return ({ version, data }) => {
    const product = productState.data.parse(data)
    return product.variants.map((variant) => [variant.variantId, row(variant, product, version)])
  }
}

const stockLevels: Pick<ReadModel, 'type' | 'key' | 'rowsFrom'> = {
  type: stockState.type,
  key: 'variant_id',
  rowsFrom: ({ key, version, data }) => [[key, { available: stockState.data.parse(data).available, version }]],
}

/** Everything in a subgraph's database that it has by state messages from others. */
const readModels: readonly ReadModel[] = [
  { reader: 'products.stock', store: 'products', table: 'stock_level', ...stockLevels },
  {
    reader: 'cart.catalogue',
    store: 'cart',
    table: 'known_product',
    key: 'product_id',
    type: productState.type,
    rowsFrom({ key, version, data }) {
      const product = productState.data.parse(data)
      const { slug, name, status } = product
      return [[key, { slug, name, images: imagesOf(product), sold: status === 'ACTIVE', version }]]
    },
  },
  {
    reader: 'cart.catalogue',
    store: 'cart',
    table: 'known_variant',
    key: 'variant_id',
    toldBy: 'product_id',
    type: productState.type,
    rowsFrom: perVariant(({ sku, name, price }, { productId }) => {
      return { product_id: productId, sku, name, price: price.amount, currency: price.currency }
    }),
  },
  { reader: 'cart.stock', store: 'cart', table: 'known_stock', ...stockLevels },
  {
    reader: 'orders.catalogue',
    store: 'orders',
    table: 'catalogue_variant',
    key: 'variant_id',
    toldBy: 'product_id',
    type: productState.type,
    rowsFrom: perVariant(({ name, price }, product, version) => ({
      product_id: product.productId,
      name: shownName(product.name, name),
      price: price.amount,
      currency: price.currency,
      on_sale: product.status === 'ACTIVE',
      version,
    })),
  },
  { reader: 'orders.stock', store: 'orders', table: 'stock_level', ...stockLevels },
  {
    reader: 'orders.carts',
    store: 'orders',
    table: 'known_cart',
    key: 'cart_id',
    type: cartState.type,
    rowsFrom({ key, version, data }) {
      const { owner, lines } = cartState.data.parse(data)
      return [[key, { owner_kind: owner.kind, owner_id: owner.id, lines, version }]]
    },
  },
  {
    reader: 'recommendations.catalogue',
    store: 'recommendations',
    table: 'known_product',
    key: 'product_id',
    type: productState.type,
    rowsFrom({ key, version, data }) {
      const product = productState.data.parse(data)
      const { slug, name, category, status, variants } = product
      const prices = variants.map(({ price }) => price).toSorted((left, right) => left.amount - right.amount)
      const [cheapest, dearest] = [prices.at(0), prices.at(-1)]
      const compared = { name, category: category.slug, category_name: category.name, price: cheapest?.amount }
      const card = { slug, images: imagesOf(product), highest_price: dearest?.amount, currency: cheapest?.currency }
      return [[key, { ...compared, ...card, active: status === 'ACTIVE', version }]]
    },
  },
  {
    reader: 'recommendations.catalogue',
    store: 'recommendations',
    table: 'known_variant',
    key: 'variant_id',
    toldBy: 'product_id',
    type: productState.type,
    rowsFrom: perVariant((_variant, { productId }) => ({ product_id: productId })),
  },
  { reader: 'recommendations.stock', store: 'recommendations', table: 'known_stock', ...stockLevels },
]

/** Keys of state that the reader has not been handed yet: there a rebuild may know more. */
async function onTheWay({ bus }: Stores, { reader, type }: ReadModel): Promise<ReadonlySet<string>> {
  const { rows } = await bus.query<{ key: string }>(
    'select key from state_delivery where consumer = $1 and type = $2',
    [reader, type],
  )
  return new Set(rows.map(({ key }) => key))
}

async function rebuilt({ bus }: Stores, { type, rowsFrom }: ReadModel): Promise<Fact[]> {
  const { rows } = await bus.query<Told>(
    `select key, version::int, message -> 'data' as data from state where type = $1`,
    [type],
  )
  return rows.flatMap((told) => rowsFrom(told).map(([key, fact]) => ({ key, toldBy: told.key, fact })))
}

function lawOf(model: ReadModel): Law {
  return {
    name: `the read model ${model.store}.${model.table} equals a rebuild from the bus`,
    async check(stores): Promise<Verdict> {
      const found = await rowsOf(stores, model)
      const expected = await rebuilt(stores, model)
      const pending = await onTheWay(stores, model)
      return {
        checked: expected.length,
        violations: differences(settledFacts(expected, pending), settledFacts(found, pending)),
      }
    },
  }
}

export const readModelLaws: readonly Law[] = readModels.map(lawOf)
