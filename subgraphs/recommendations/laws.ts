import { stockState } from '../../contracts/inventory.ts'
import { imagesOf, productState } from '../../contracts/products.ts'
import { factsBy, readModelTable, type ReadModel } from '../../platform/laws/facts.ts'
import { rowLaw, type Law, type Questions } from '../../platform/laws/law.ts'

const baskets = `
  select source as key, substr(source, 7) as "messageKey", to_jsonb(basket) - 'source' - 'position' - 'telling' || jsonb_build_object(
    'product_ids', (select array_agg(id order by id) from unnest(product_ids) as id)) as fact
  from basket where source like 'order/%'`

const purchases = `
  select order_id || ' ' || product_id as key, order_id as "messageKey", to_jsonb(purchase) as fact from purchase`

/** What must hold of recommendations' store, and what it holds. */
export function recommendationsLaws(store: Questions) {
  return {
    laws: [modelLaw(store)],
    readModels: readModelsOf(store),
    /** Of orders; baskets that were imported are nobody else's. */
    baskets: () => factsBy(store, baskets),
    purchases: () => factsBy(store, purchases),
    /** How often each order has been learned from. */
    async lessons(): Promise<ReadonlyMap<string, number>> {
      const { rows } = await store.query<{ order_id: string; times: number }>(
        `select substr(source, 7) as order_id, count(*)::int as times from basket
         where source like 'order/%' group by source`,
      )
      return new Map(rows.map((row) => [row.order_id, row.times]))
    },
  }
}

function modelLaw(store: Questions): Law {
  return rowLaw<{ version: number; baskets: number; there: number }>({
    name: 'recommendations has trained on baskets that there are, each once',
    store,
    query: `select version, model_run.baskets, there.baskets as there from model_run, lateral (
        select count(*)::int as baskets from basket
        where position <= learnt_to or position = any(newest_positions)
      ) as there`,
    violation: ({ version, baskets, there }) =>
      // Of a great many the oldest are forgotten.
      baskets <= there ? undefined : `model ${version} was trained on ${baskets} baskets, and there are ${there}`,
  })
}

function readModelsOf(store: Questions): readonly ReadModel[] {
  return [
    readModelTable(store, {
      reader: 'recommendations.catalogue',
      contract: productState,
      table: 'known_product',
      key: 'product_id',
      rowsFrom(product, version) {
        const { productId, slug, name, category, status, variants } = product
        const prices = variants.map(({ price }) => price).toSorted((left, right) => left.amount - right.amount)
        const [cheapest, dearest] = [prices.at(0), prices.at(-1)]
        const compared = { name, category: category.slug, category_name: category.name, price: cheapest?.amount }
        const card = { slug, images: imagesOf(product), highest_price: dearest?.amount, currency: cheapest?.currency }
        return [[productId, { ...compared, ...card, active: status === 'ACTIVE', version }]]
      },
    }),
    readModelTable(store, {
      reader: 'recommendations.catalogue',
      contract: productState,
      table: 'known_variant',
      key: 'variant_id',
      messageKey: 'product_id',
      rowsFrom: ({ productId, variants }) => variants.map(({ variantId }) => [variantId, { product_id: productId }]),
    }),
    readModelTable(store, {
      reader: 'recommendations.stock',
      contract: stockState,
      table: 'known_stock',
      key: 'variant_id',
      rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
    }),
  ]
}
