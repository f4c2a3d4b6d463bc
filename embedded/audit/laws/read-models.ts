import { isDeepStrictEqual } from 'node:util'

import { cartState } from '../../../contracts/cart.ts'
import { stockState } from '../../../contracts/inventory.ts'
import { productState } from '../../../contracts/products.ts'
import type { Law, StoreName, Stores, Verdict } from '../law.ts'

type Facts = ReadonlyMap<string, unknown>

interface ReadModel {
  readonly reader: string
  readonly store: StoreName
  readonly type: string
  /** What a rebuild from the bus would hold, by key. */
  expected(messages: readonly StateRow[]): Facts
  /** Selects `key` and `fact`, as JSON. */
  readonly query: string
}

interface StateRow {
  readonly key: string
  readonly version: number
  readonly data: unknown
}

const availableUnits = (messages: readonly StateRow[]): Facts =>
  new Map(messages.map(({ key, data }) => [key, stockState.data.parse(data).available]))

function variantFacts(
  fact: (variant: ReturnType<typeof productState.data.parse>['variants'][number], active: boolean) => unknown,
) {
  return (messages: readonly StateRow[]): Facts =>
    new Map(
      messages.flatMap(({ data }) => {
        const { variants, status } = productState.data.parse(data)
        return variants.map((variant) => [variant.variantId, fact(variant, status === 'ACTIVE')] as const)
      }),
    )
}

const readModels: readonly ReadModel[] = [
  {
    reader: 'orders.catalogue',
    store: 'orders',
    type: productState.type,
    expected: variantFacts(({ price }, active) => ({ price: price.amount, onSale: active })),
    query: `select variant_id as key, jsonb_build_object('price', price, 'onSale', on_sale) as fact from catalogue_variant`,
  },
  {
    reader: 'orders.stock',
    store: 'orders',
    type: stockState.type,
    expected: availableUnits,
    query: 'select variant_id as key, to_jsonb(available) as fact from stock_level',
  },
  {
    reader: 'orders.carts',
    store: 'orders',
    type: cartState.type,
    expected: (messages) => new Map(messages.map(({ key, version }) => [key, version])),
    query: 'select cart_id as key, to_jsonb(version) as fact from known_cart',
  },
  {
    reader: 'cart.catalogue',
    store: 'cart',
    type: productState.type,
    expected: variantFacts((_variant, active) => active),
    query: 'select variant_id as key, to_jsonb(sold) as fact from known_variant',
  },
  {
    reader: 'cart.stock',
    store: 'cart',
    type: stockState.type,
    expected: availableUnits,
    query: 'select variant_id as key, to_jsonb(available) as fact from known_stock',
  },
  {
    reader: 'recommendations.catalogue',
    store: 'recommendations',
    type: productState.type,
    expected: (messages) =>
      new Map(
        messages.map(({ key, data }) => {
          const { name, status } = productState.data.parse(data)
          return [key, { name, active: status === 'ACTIVE' }]
        }),
      ),
    query: `select product_id as key, jsonb_build_object('name', name, 'active', active) as fact from known_product`,
  },
  {
    reader: 'recommendations.stock',
    store: 'recommendations',
    type: stockState.type,
    expected: availableUnits,
    query: 'select variant_id as key, to_jsonb(available) as fact from known_stock',
  },
]

/** Keys of state that the reader has not been handed yet: there a rebuild may know more. */
async function onTheWay({ bus }: Stores, { reader, type }: ReadModel): Promise<ReadonlySet<string>> {
  const { rows } = await bus.query<{ key: string }>(
    'select key from state_delivery where consumer = $1 and type = $2',
    [reader, type],
  )
  return new Set(rows.map(({ key }) => key))
}

function lawOf(model: ReadModel): Law {
  return {
    name: `the read model ${model.reader} equals a rebuild`,
    async check(stores): Promise<Verdict> {
      const pending = await onTheWay(stores, model)
      const state = await stores.bus.query<StateRow>(
        `select key, version::int, message -> 'data' as data from state where type = $1`,
        [model.type],
      )
      const expected = model.expected(state.rows.filter(({ key }) => !pending.has(key)))
      const { rows } = await stores[model.store].query<{ key: string; fact: unknown }>(model.query)
      const found = new Map(rows.map(({ key, fact }) => [key, fact]))
      const violations = [...expected]
        .filter(([key, fact]) => !isDeepStrictEqual(found.get(key), fact))
        .map(
          ([key, fact]) => `${key} is ${JSON.stringify(found.get(key) ?? null)}, and would be ${JSON.stringify(fact)}`,
        )
      return { checked: expected.size, violations }
    },
  }
}

export const readModelLaws: readonly Law[] = readModels.map(lawOf)
