import { cartState } from '../../contracts/cart.ts'
import { stockState } from '../../contracts/inventory.ts'
import { orderConfirmed } from '../../contracts/orders.ts'
import { productState } from '../../contracts/products.ts'
import { factsBy, readModelTable, type ReadModel } from '../../platform/laws/facts.ts'
import { inFlight, rowLaw, type Law, type Questions } from '../../platform/laws/law.ts'
import { shownName } from './domain/placement.ts'

export interface OrderFact {
  readonly id: string
  readonly status: string
  readonly total: string
  readonly sagaState: string
  /** As `variant=quantity`, sorted. */
  readonly lines: string
}

const orders = `
  select id, status, total::text, saga_state as "sagaState", (
    select string_agg(variant_id || '=' || quantity, ' ' order by variant_id)
    from (select variant_id, sum(quantity) as quantity from order_line where order_id = "order".id group by 1) as line
  ) as lines from "order"`

/** Orders with what of them others keep: those confirmed here, and those that were imported as delivered. */
const bought = `
  select distinct on (step.order_id) step.order_id, user_id, step.message, (
      select array_agg(distinct product_id order by product_id) from order_line where order_id = "order".id
    ) as product_ids, step.at
  from saga_step as step join "order" on "order".id = step.order_id
  where step.message in ('${orderConfirmed.type}', 'orders.OrderDelivered') and step.status is not null
  order by step.order_id, step.id`

const baskets = `
  select 'order/' || order_id as key, order_id as "messageKey",
    jsonb_build_object('at', at, 'product_ids', product_ids) as fact
  from (${bought}) as bought where message = '${orderConfirmed.type}'`

const purchases = `
  select order_id || ' ' || product_id as key, order_id as "messageKey",
    jsonb_build_object('user_id', user_id, 'order_id', order_id, 'product_id', product_id, 'at', at) as fact
  from (${bought}) as bought, unnest(product_ids) as product_id`

/** What must hold of orders' store, and what it holds. */
export function ordersLaws(store: Questions) {
  return {
    laws: lawsOf(store),
    readModels: readModelsOf(store),
    orders: async () => (await store.query<OrderFact>(orders)).rows,
    /** What recommendations should keep of each order that was confirmed here. */
    baskets: () => factsBy(store, baskets),
    purchases: () => factsBy(store, purchases),
    /** Whether each order still has a payment method that no capture will need. The token itself is not read. */
    paymentMethods: async () =>
      (
        await store.query<{ id: string; needless: boolean }>(
          `select id, payment_method_token is not null and saga_state not in ('RESERVING', 'CAPTURING') as needless
           from "order"`,
        )
      ).rows,
  }
}

function lawsOf(store: Questions): readonly Law[] {
  return [
    rowLaw<{ id: string; stuck: boolean; saga_state: string }>({
      name: 'every order ends',
      store,
      query: `select id, saga_state,
          saga_state not in ('COMPLETED', 'REJECTED', 'CANCELLED') and (due_at is null or due_at < now() - ${inFlight} or attempt > 20) as stuck
        from "order"`,
      violation: ({ id, stuck, saga_state }) => (stuck ? `order ${id} is stuck in ${saga_state}` : undefined),
    }),
    rowLaw<{ user_id: string; idempotency_key: string; orders: number }>({
      name: 'one idempotency key, one order',
      store,
      query: `select user_id, idempotency_key, count(*)::int as orders from "order"
        where idempotency_key is not null group by user_id, idempotency_key`,
      violation: ({ user_id, idempotency_key, orders: count }) =>
        count === 1 ? undefined : `key ${idempotency_key} of user ${user_id} has ${count} orders`,
    }),
    rowLaw<{ id: string; total: string; sum: string | null }>({
      name: 'lines sum to totals',
      store,
      query: `select id, total::text, (
          select sum(unit_price * quantity)::text from order_line where order_id = "order".id
        ) as sum from "order"`,
      violation: ({ id, total, sum }) =>
        total === sum ? undefined : `order ${id} totals ${total}, its lines ${sum ?? 'nothing'}`,
    }),
  ]
}

function readModelsOf(store: Questions): readonly ReadModel[] {
  return [
    readModelTable(store, {
      reader: 'orders.catalogue',
      contract: productState,
      table: 'catalogue_variant',
      key: 'variant_id',
      messageKey: 'product_id',
      rowsFrom({ productId, name: productName, status, variants }, version) {
        const shared = { product_id: productId, on_sale: status === 'ACTIVE', version }
        return variants.map(({ variantId, name, price: { amount, currency } }) => {
          return [variantId, { ...shared, name: shownName(productName, name), price: amount, currency }]
        })
      },
    }),
    readModelTable(store, {
      reader: 'orders.stock',
      contract: stockState,
      table: 'stock_level',
      key: 'variant_id',
      rowsFrom: ({ variantId, available }, version) => [[variantId, { available, version }]],
    }),
    readModelTable(store, {
      reader: 'orders.carts',
      contract: cartState,
      table: 'known_cart',
      key: 'cart_id',
      rowsFrom: ({ cartId, owner, lines }, version) => [
        [cartId, { owner_kind: owner.kind, owner_id: owner.id, lines, version }],
      ],
    }),
  ]
}
