import { productState } from '../../contracts/products.ts'
import { rowLaw, type Law, type Verdict } from '../law.ts'

/** What a store works out from its own rows, or does on first hearing of something. */
export const derivedLaws: readonly Law[] = [
  {
    // One way: what a product no longer has stays on the shelf until it is counted.
    name: 'every variant of the catalogue is on the shelf',
    async check(stores): Promise<Verdict> {
      const { rows: known } = await stores.inventory.query<{ variant_id: string }>('select variant_id from stock')
      const { rows: told } = await stores.bus.query<{ variant_id: string }>(
        `select variant ->> 'variantId' as variant_id
         from state, jsonb_array_elements(message -> 'data' -> 'variants') as variant
         where type = $1 and not exists (
           select from state_delivery as pending
           where pending.consumer = 'inventory.catalogue' and pending.type = state.type and pending.key = state.key)`,
        [productState.type],
      )
      const stocked = new Set(known.map((row) => row.variant_id))
      const missing = told.filter((row) => !stocked.has(row.variant_id))
      return {
        checked: told.length,
        violations: missing.map((row) => `inventory has never put variant ${row.variant_id} on the shelf`),
      }
    },
  },
  rowLaw<{ id: string; in_stock: boolean; buyable: boolean }>({
    name: 'a product is in stock when products has heard of units of a variant',
    store: 'products',
    query: `select product.id, in_stock, exists (
        select from variant join stock_level on stock_level.variant_id = variant.id
        where product_id = product.id and available > 0
      ) as buyable from product`,
    violation: ({ id, in_stock, buyable }) =>
      in_stock === buyable ? undefined : `product ${id} is ${in_stock ? '' : 'not '}listed as in stock`,
  }),
  rowLaw<{ product_id: string; counted: number; there: number }>({
    name: 'recommendations counts each product in as many baskets as it lies in',
    store: 'recommendations',
    query: `select product_id, coalesce(counted.baskets, 0) as counted, coalesce(there.baskets, 0) as there
      from product_basket_count as counted full join (
        select product_id, count(*)::int as baskets from basket, unnest(product_ids) as product_id group by product_id
      ) as there using (product_id)`,
    violation: ({ product_id, counted, there }) =>
      counted === there ? undefined : `product ${product_id} lies in ${there} baskets, and ${counted} are counted`,
  }),
]
