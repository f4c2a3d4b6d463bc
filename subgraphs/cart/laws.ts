import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { imagesOf, productState } from '../../contracts/products.ts'
import { factsBy, readModelTable, type ReadModel } from '../../platform/laws/facts.ts'
import type { Questions } from '../../platform/laws/law.ts'

const published = `
  select id as key, id as "messageKey", jsonb_build_object('version', version, 'data', jsonb_build_object(
    'cartId', id, 'owner', jsonb_build_object('kind', owner_kind, 'id', owner_id),
    'lines', (
      select coalesce(jsonb_agg(line - 'id' || jsonb_build_object('lineId', line -> 'id') order by place), '[]')
      from jsonb_array_elements(lines) with ordinality as each (line, place)
    ))) as fact
  from cart`

/** What is reported of cart's store, where that is PostgreSQL. */
export function cartLaws(store: Questions) {
  return {
    state: { type: cartState.type, facts: () => factsBy(store, published) },
    readModels: readModelsOf(store),
  }
}

function readModelsOf(store: Questions): readonly ReadModel[] {
  return [
    readModelTable(store, {
      reader: 'cart.catalogue',
      contract: productState,
      table: 'known_product',
      key: 'product_id',
      rowsFrom(product, version) {
        const { productId, slug, name, status } = product
        return [[productId, { slug, name, images: imagesOf(product), sold: status === 'ACTIVE', version }]]
      },
    }),
    readModelTable(store, {
      reader: 'cart.catalogue',
      contract: productState,
      table: 'known_variant',
      key: 'variant_id',
      messageKey: 'product_id',
      rowsFrom: ({ productId, variants }) =>
        variants.map(({ variantId, sku, name, price: { amount, currency } }) => {
          return [variantId, { product_id: productId, sku, name, price: amount, currency }]
        }),
    }),
    readModelTable(store, {
      reader: 'cart.stock',
      contract: stockState,
      table: 'known_stock',
      key: 'variant_id',
      rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
    }),
  ]
}
