import { cartState } from '../../contracts/cart.ts'
import { stockState, type StockState } from '../../contracts/inventory.ts'
import { imagesOf, productState, type ProductState } from '../../contracts/products.ts'
import {
  factsBy,
  readModelTable,
  type OwnState,
  type ReadModel,
  type ReadModelRows,
} from '../../platform/laws/facts.ts'
import type { Law, Questions } from '../../platform/laws/law.ts'

const published = `
  select id as key, id as "messageKey", jsonb_build_object('version', version, 'data', jsonb_build_object(
    'cartId', id, 'owner', jsonb_build_object('kind', owner_kind, 'id', owner_id),
    'lines', (
      select coalesce(jsonb_agg(line - 'id' || jsonb_build_object('lineId', line -> 'id') order by place), '[]')
      from jsonb_array_elements(lines) with ordinality as each (line, place)
    ))) as fact
  from cart`

/** What must hold of cart's store, and what is reported of it, by whatever driver. */
export interface CartLaws {
  readonly laws: readonly Law[]
  readonly state: OwnState
  readonly readModels: readonly ReadModel[]
}

/** Where the store is PostgreSQL. */
export function cartLaws(store: Questions): CartLaws {
  return {
    laws: [],
    state: { type: cartState.type, facts: () => factsBy(store, published) },
    readModels: [
      readModelTable(store, { ...productModel, key: 'product_id' }),
      readModelTable(store, { ...variantModel, key: 'variant_id', messageKey: 'product_id' }),
      readModelTable(store, { ...stockModel, key: 'variant_id' }),
    ],
  }
}

/** What cart keeps of the products of the catalogue. */
export const productModel: ReadModelRows<ProductState> = {
  reader: 'cart.catalogue',
  contract: productState,
  table: 'known_product',
  rowsFrom(product, version) {
    const { productId, slug, name, status } = product
    return [[productId, { slug, name, images: imagesOf(product), sold: status === 'ACTIVE', version }]]
  },
}

/** And of their variants. */
export const variantModel: ReadModelRows<ProductState> = {
  reader: 'cart.catalogue',
  contract: productState,
  table: 'known_variant',
  rowsFrom: ({ productId, variants }) =>
    variants.map(({ variantId, sku, name, price: { amount, currency } }) => {
      return [variantId, { product_id: productId, sku, name, price: amount, currency }]
    }),
}

/** What cart keeps of inventory's stock. */
export const stockModel: ReadModelRows<StockState> = {
  reader: 'cart.stock',
  contract: stockState,
  table: 'known_stock',
  rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
}
