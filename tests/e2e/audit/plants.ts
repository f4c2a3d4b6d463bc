import type { StoreName } from '../../../audit/stores.ts'

export interface Plant {
  readonly law: string
  readonly store: StoreName
  readonly statements: readonly string[]
}

const longAgo = `now() - interval '1 hour'`

/** A violation of each law of its own, as a bug or a hand in the database could leave it. */
export const plants: readonly Plant[] = [
  {
    law: 'no variant is oversold',
    store: 'inventory',
    statements: [
      'alter table stock drop constraint stock_check',
      'update stock set held = on_hand + 1 where variant_id = (select variant_id from stock limit 1)',
    ],
  },
  {
    law: 'stock is conserved: the ledger sums to it, and holds are what is held',
    store: 'inventory',
    statements: ['update stock set on_hand = on_hand + 1 where variant_id = (select variant_id from stock limit 1)'],
  },
  {
    law: 'every reservation ends',
    store: 'inventory',
    statements: [
      `insert into reservation (order_id, state, lines, expires_at) values (gen_random_uuid(), 'HELD', '[]', ${longAgo})`,
    ],
  },
  {
    law: 'at most one capture an order, of the exact total',
    store: 'payments',
    statements: [
      'update test_provider.charge set captures = 2 where key = (select key from test_provider.charge limit 1)',
    ],
  },
  {
    law: 'confirmed means captured, committed, and as it was placed',
    store: 'payments',
    statements: [`update payment set status = 'PENDING' where id = (select id from payment limit 1)`],
  },
  {
    law: 'rejected or cancelled means nothing held and nothing charged',
    store: 'orders',
    statements: [`update "order" set status = 'CANCELLED' where id = (select id from "order" limit 1)`],
  },
  {
    law: 'every order ends',
    store: 'orders',
    statements: [
      `update "order" set saga_state = 'CAPTURING', status = 'PENDING', due_at = null
       where id = (select id from "order" limit 1)`,
    ],
  },
  {
    law: 'one idempotency key, one order',
    store: 'orders',
    statements: [
      'alter table "order" drop constraint order_user_id_idempotency_key_key',
      `insert into "order" select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'number', 'other',
         'cart_version', 999))).* from "order" as one where idempotency_key is not null limit 1`,
    ],
  },
  {
    law: 'lines sum to totals',
    store: 'orders',
    statements: ['update "order" set total = total + 1 where id = (select id from "order" limit 1)'],
  },
  {
    law: 'every message in an outbox is published',
    store: 'orders',
    statements: [
      `insert into outbox (id, stream, message)
       values (gen_random_uuid(), 'log', jsonb_build_object('type', 'test', 'time', ${longAgo}))`,
    ],
  },
  {
    law: 'an order that is confirmed has each of its consequences once',
    store: 'notifications',
    statements: [
      `insert into notification select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
       from notification as one where template = 'order-confirmed' limit 1`,
    ],
  },
  {
    law: 'no message was given up',
    store: 'bus',
    statements: [
      `insert into dead_letter (id, consumer, stream, message, position, attempts, error)
       values (gen_random_uuid(), 'cart', 'log', '{}', 0, 1, 'planted')`,
    ],
  },
  {
    law: 'no payment method is kept once its payment is settled',
    store: 'payments',
    statements: [
      'alter table payment drop constraint payment_method_while_needed',
      `update payment set payment_method_token = 'tok_approve' where id = (select id from payment limit 1)`,
    ],
  },
  {
    law: 'no payment method is kept once its payment is settled',
    store: 'orders',
    statements: [`update "order" set payment_method_token = 'tok_approve' where id = (select id from "order" limit 1)`],
  },
  {
    law: 'the bus has products.ProductState as products has it',
    store: 'products',
    statements: ['update variant set price = price + 1 where id = (select id from variant limit 1)'],
  },
  {
    law: 'the bus has products.ProductState as products has it',
    store: 'bus',
    statements: [`delete from state where key = (select key from state where type = 'products.ProductState' limit 1)`],
  },
  {
    law: 'the bus has products.ProductState as products has it',
    store: 'bus',
    statements: [
      `insert into state (type, key, version, message)
       select type, gen_random_uuid(), version, message from state where type = 'products.ProductState' limit 1`,
    ],
  },
  {
    law: 'the bus has inventory.StockState as inventory has it',
    store: 'inventory',
    statements: ['update stock set version = version + 1 where variant_id = (select variant_id from stock limit 1)'],
  },
  {
    law: 'the bus has cart.CartState as cart has it',
    store: 'cart',
    statements: [
      `update cart set lines = '[{"id": "planted", "variantId": "planted", "quantity": 1}]'
       where id = (select id from cart limit 1)`,
    ],
  },
  {
    law: 'every variant of the catalogue is on the shelf',
    store: 'inventory',
    statements: [
      'alter table stock_movement drop constraint stock_movement_variant_id_fkey',
      'delete from stock where variant_id = (select variant_id from stock limit 1)',
    ],
  },
  {
    law: 'a product is in stock when units of a variant are available',
    store: 'products',
    statements: ['update product set in_stock = not in_stock where id = (select id from product limit 1)'],
  },
  {
    law: 'recommendations has trained on baskets that there are, each once',
    store: 'recommendations',
    statements: [
      `insert into model_run (trained_at, seconds, baskets, product_ids, basket_starts, basket_products, weight_starts,
         weight_products, weights, learnt_to, newest_positions)
       select now(), 1, count(*) + 1, '{}', '', '', '', '', '', max(position), '{}' from basket`,
    ],
  },
]
