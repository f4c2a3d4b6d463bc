import { stockState } from '../../contracts/inventory.ts'
import { imagesOf, productState } from '../../contracts/products.ts'
import { factsBy, readModelTable, type ReadModel } from '../../platform/laws/facts.ts'
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

/** What must hold of products' store, where that is PostgreSQL, and what is reported of it. */
export function productsLaws(store: Questions) {
  return {
    laws: [stockLaw(store)],
    state: {
      type: productState.type,
      facts: () => factsBy(store, published),
      // Messages that are older than the pictures in them have none.
      read(data: unknown) {
        const state = productState.data.parse(data)
        return { ...state, images: imagesOf(state) }
      },
    },
    readModels: readModelsOf(store),
  }
}

function stockLaw(store: Questions): Law {
  return rowLaw<{ id: string; in_stock: boolean; buyable: boolean }>({
    name: 'a product is in stock when units of a variant are available',
    store,
    query: `select product.id, in_stock, exists (
        select from variant join stock_level on stock_level.variant_id = variant.id
        where product_id = product.id and available > 0
      ) as buyable from product`,
    violation: ({ id, in_stock, buyable }) =>
      in_stock === buyable ? undefined : `product ${id} is ${in_stock ? '' : 'not '}listed as in stock`,
  })
}

function readModelsOf(store: Questions): readonly ReadModel[] {
  return [
    readModelTable(store, {
      reader: 'products.stock',
      contract: stockState,
      table: 'stock_level',
      key: 'variant_id',
      rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
    }),
  ]
}
