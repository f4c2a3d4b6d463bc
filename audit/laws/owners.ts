import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { productState } from '../../contracts/products.ts'
import { differences, factsFrom, settledFacts } from '../facts.ts'
import type { Law, StoreName, Stores, Verdict } from '../law.ts'

interface Owned {
  readonly owner: StoreName
  readonly type: string
  /** Selects what the owner has to say, as it says it: `key`, and `fact` with `version` and `data`. */
  readonly query: string
}

/** Whatever is told of as state. With the laws of the read models: what a reader has is what the owner has. */
const owned: readonly Owned[] = [
  {
    owner: 'products',
    type: productState.type,
    query: `
      select product.id as key, product.id as "toldBy", jsonb_build_object('version', product.version, 'data',
        jsonb_build_object(
          'productId', product.id, 'slug', product.slug, 'name', product.name, 'description', description,
          'status', status, 'category', jsonb_build_object('slug', category.slug, 'name', category.name),
          'createdAt', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
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
      from product join category on category.slug = product.category`,
  },
  {
    owner: 'inventory',
    type: stockState.type,
    query: `
      select variant_id as key, variant_id as "toldBy", jsonb_build_object(
        'version', version, 'data', jsonb_build_object('variantId', variant_id, 'available', on_hand - held)) as fact
      from stock`,
  },
  {
    owner: 'cart',
    type: cartState.type,
    query: `
      select id as key, id as "toldBy", jsonb_build_object('version', version, 'data', jsonb_build_object(
        'cartId', id, 'owner', jsonb_build_object('kind', owner_kind, 'id', owner_id),
        'lines', (
          select coalesce(jsonb_agg(line - 'id' || jsonb_build_object('lineId', line -> 'id') order by place), '[]')
          from jsonb_array_elements(lines) with ordinality as each (line, place)
        ))) as fact
      from cart`,
  },
]

/** Keys of what has been said and not yet published. */
async function unpublished(stores: Stores, { owner, type }: Owned): Promise<ReadonlySet<string>> {
  const { rows } = await stores[owner].query<{ key: string }>(
    `select message ->> 'subject' as key from outbox where message ->> 'type' = $1`,
    [type],
  )
  return new Set(rows.map(({ key }) => key))
}

function lawOf(of: Owned): Law {
  return {
    name: `the bus has ${of.type} as ${of.owner} has it`,
    async check(stores): Promise<Verdict> {
      const has = await factsFrom(stores, of.owner, of.query)
      const told = await factsFrom(
        stores,
        'bus',
        `select key, key as "toldBy", jsonb_build_object('version', version, 'data', message -> 'data') as fact
         from state where type = '${of.type}'`,
      )
      const pending = await unpublished(stores, of)
      return {
        checked: has.length,
        violations: differences(settledFacts(has, pending), settledFacts(told, pending)),
      }
    },
  }
}

export const ownerLaws: readonly Law[] = owned.map(lawOf)
