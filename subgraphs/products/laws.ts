import { stockState, type StockState } from '../../contracts/inventory.ts'
import { imagesOf, productState } from '../../contracts/products.ts'
import {
  factsBy,
  readModelTable,
  type OwnState,
  type ReadModel,
  type ReadModelRows,
} from '../../platform/laws/facts.ts'
import { rowLaw, type Law, type Questions } from '../../platform/laws/law.ts'

const published = `
  select product.id as key, product.id as "messageKey", jsonb_build_object('version', product.version, 'data',
    jsonb_build_object(
      'productId', product.id, 'slug', product.slug, 'name', product.name, 'description', description,
      'status', status, 'category', jsonb_build_object('slug', category.slug, 'name', category.name),
      'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'images', jsonb_build_array(jsonb_build_object(
        'url', '/images/' || category.slug || '/' || product.slug || '.svg', 'alt', product.name)),
      'variants', (
        select jsonb_agg(jsonb_build_object(
          'variantId', variant.id, 'sku', sku, 'name', variant.name, 'initialStock', initial_stock,
          'price', jsonb_build_object('amount', price, 'currency', currency),
          'options', (
            select coalesce(jsonb_agg(jsonb_build_object('name', name, 'value', value) order by position), '[]')
            from variant_option where variant_id = variant.id
          )) order by variant.position)
        from variant where product_id = product.id
      )
    )) as fact
  from product join category on category.slug = product.category`

/** What must hold of products' store, and what is reported of it, by whatever driver. */
export interface ProductsLaws {
  readonly laws: readonly Law[]
  readonly state: OwnState
  readonly readModels: readonly ReadModel[]
}

/** Where the store is PostgreSQL. */
export function productsLaws(store: Questions): ProductsLaws {
  return {
    laws: [stockLaw(store)],
    state: {
      type: productState.type,
      facts: () => factsBy(store, published),
      read: readState,
    },
    readModels: [readModelTable(store, { ...stockModel, key: 'variant_id' })],
  }
}

/** Messages that are older than the pictures in them have none. */
export function readState(data: unknown) {
  const state = productState.data.parse(data)
  return { ...state, images: imagesOf(state) }
}

/** What products keeps of inventory's stock. */
export const stockModel: ReadModelRows<StockState> = {
  reader: 'products.stock',
  contract: stockState,
  table: 'stock_level',
  rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
}

export const stockLawName = 'a product is in stock when units of a variant are available'

export function stockViolation(id: string, { listed, buyable }: { listed: boolean; buyable: boolean }) {
  return listed === buyable ? undefined : `product ${id} is ${listed ? '' : 'not '}listed as in stock`
}

function stockLaw(store: Questions): Law {
  return rowLaw<{ id: string; in_stock: boolean; buyable: boolean }>({
    name: stockLawName,
    store,
    query: `select product.id, in_stock, exists (
        select from variant join stock_level on stock_level.variant_id = variant.id
        where product_id = product.id and available > 0
      ) as buyable from product`,
    violation: ({ id, in_stock: listed, buyable }) => stockViolation(id, { listed, buyable }),
  })
}
