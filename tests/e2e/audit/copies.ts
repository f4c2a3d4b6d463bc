import type { StoreName, Stores } from '../../../audit/stores.ts'

/** A table that keeps what others have published. */
export interface Copy {
  readonly law: string
  readonly store: StoreName
  readonly table: string
  /** What names a row. */
  readonly key: string
  /** The rows that others have published; all where it is not given. */
  readonly where?: string
  /** A name that no row has. */
  readonly newKey?: string
  /** Columns that nobody has published, with what a new row has in them. */
  readonly own?: Readonly<Record<string, string>>
}

const rebuilt = (store: StoreName, table: string, key: string): Copy => {
  return { law: `the read model ${store}.${table} equals a rebuild from the bus`, store, table, key }
}

export const copies: readonly Copy[] = [
  rebuilt('products', 'stock_level', 'variant_id'),
  rebuilt('cart', 'known_product', 'product_id'),
  rebuilt('cart', 'known_variant', 'variant_id'),
  rebuilt('cart', 'known_stock', 'variant_id'),
  rebuilt('orders', 'catalogue_variant', 'variant_id'),
  rebuilt('orders', 'stock_level', 'variant_id'),
  rebuilt('orders', 'known_cart', 'cart_id'),
  rebuilt('recommendations', 'known_product', 'product_id'),
  rebuilt('recommendations', 'known_variant', 'variant_id'),
  rebuilt('recommendations', 'known_stock', 'variant_id'),
  {
    law: 'notifications.contact is what users has of each account',
    store: 'notifications',
    table: 'contact',
    key: 'user_id',
  },
  {
    law: 'recommendations.basket has every confirmed order, as orders has it',
    store: 'recommendations',
    table: 'basket',
    key: 'source',
    where: `source like 'order/%'`,
    newKey: `'order/' || gen_random_uuid()`,
    own: { position: `nextval(pg_get_serial_sequence('basket', 'position'))`, telling: 'null' },
  },
  {
    law: 'recommendations.purchase has everything that was bought, as orders has it',
    store: 'recommendations',
    table: 'purchase',
    key: 'order_id',
  },
]

/** Another value of the column's type. */
const others: Readonly<Record<string, (column: string) => string>> = {
  integer: (column) => `${column} + 1`,
  bigint: (column) => `${column} + 1`,
  boolean: (column) => `not ${column}`,
  uuid: () => 'gen_random_uuid()',
  jsonb: () => `'[{"planted": true}]'`,
  ARRAY: () => `'{}'`,
  'timestamp with time zone': (column) => `${column} + interval '1 minute'`,
  // The one text that may not be any.
  text: (column) =>
    column === 'owner_kind' ? `case ${column} when 'user' then 'guest' else 'user' end` : `${column} || '!'`,
}

/** What can be wrong with a copy: a row is missing, one is too many, or any one of its columns holds something else. */
export async function waysToBeWrong(stores: Stores, copy: Copy): Promise<Map<string, string>> {
  const { store, table, key, where = 'true', newKey = 'gen_random_uuid()', own = {} } = copy
  const one = `(select ctid from ${table} where ${where} limit 1)`
  const values = Object.entries({ [key]: newKey, ...own }).map(([column, value]) => `'${column}', ${value}`)
  const { rows } = await stores[store].query<{ column_name: string; data_type: string }>(
    `select column_name, data_type from information_schema.columns
     where table_schema = 'public' and table_name = '${table}' and column_name <> all($1)`,
    [[key, ...Object.keys(own)]],
  )
  return new Map([
    ['a row is missing', `delete from ${table} where ctid = ${one}`],
    [
      'a row is too many',
      `insert into ${table} select (jsonb_populate_record(whole, jsonb_build_object(${values.join(', ')}))).*
       from ${table} as whole where ctid = ${one}`,
    ],
    ...rows.map(({ column_name: column, data_type: type }): [string, string] => {
      const other = others[type]?.(column)
      if (other === undefined) throw new Error(`no other value of ${type} is known, for ${table}.${column}`)
      return [`${column} holds something else`, `update ${table} set ${column} = ${other} where ctid = ${one}`]
    }),
  ])
}
