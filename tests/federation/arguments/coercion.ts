import { describe, expect, it } from 'vitest'

import type { Shop } from '../shop.ts'

const count = '{ totalCount }'

/** A query of one variable `$v` of a type. */
function variable(type: string, body: string): string {
  return `query ($v: ${type}) ${body}`
}

const first = variable('Int', `{ products(first: $v) ${count} }`)
const maxPrice = variable('MinorUnits', `{ products(filter: { maxPrice: $v }) ${count} }`)
const sort = variable('ProductSort', `{ products(sort: $v) ${count} }`)
const filter = variable('ProductFilter', `{ products(filter: $v) ${count} }`)
const text = variable('String', `{ products(filter: { text: $v }) ${count} }`)
const inStockOnly = variable('Boolean', `{ products(filter: { inStockOnly: $v }) ${count} }`)
const id = variable('ID', '{ product(id: $v) { id } }')
const ids = variable('[ID!]!', '{ boughtWith(productIds: $v) { product { id } } }')
const included = 'query ($v: Boolean = true) { categories @include(if: $v) { slug } }'
const required = 'query ($v: Boolean!) { categories @include(if: $v) { slug } }'

/** Values that no variable of that type can have: 400, and nothing is done. */
const wrongValues: Readonly<Record<string, readonly [operation: string, values: readonly unknown[]]>> = {
  Int: [first, [2 ** 31, -(2 ** 31) - 1, 1.5, 1e21, '20', '', true, [1, 2], {}]],
  MinorUnits: [maxPrice, [0.5, '100', 2 ** 53, -(2 ** 53), 1e300, true, [1, 2], {}]],
  ProductSort: [sort, ['name', 'NAME ', '', 'NOTHING', 1, true, {}, ['NAME', 'NEWEST'], '__proto__', 'toString']],
  ProductFilter: [
    filter,
    [
      'text',
      5,
      { unknown: 1 },
      { text: 'a', unknown: null },
      { minPrice: 0.5 },
      { inStockOnly: 'true' },
      { inStockOnly: 1 },
      { text: 5 },
      { text: ['a'] },
      [{}, {}],
      { constructor: 'a' },
    ],
  ],
  String: [text, [5, true, ['a', 'b'], {}]],
  Boolean: [inStockOnly, ['true', 1, 0, '', {}]],
  ID: [id, [1.5, true, {}, ['a', 'b']]],
  '[ID!]!': [ids, [null, [null], [['a']], [{}], 1.5, {}]],
  'Boolean!': [required, [null, undefined, 'true', 1]],
}

/** Stands for the answer to a query of all products. */
const everything = 'everything'

/** What may be written in more than one way. */
const rightValues: readonly [what: string, operation: string, given: { value: unknown; data: unknown }][] = [
  ['an Int that JSON writes as 2e1', first, { value: 2e1, data: everything }],
  ['an Int of a Float without a fraction', first, { value: 20.0, data: everything }],
  ['MinorUnits that JSON writes as 1e3', maxPrice, { value: 1e3, data: everything }],
  ['MinorUnits of -0', maxPrice, { value: -0, data: { products: { totalCount: 0 } } }],
  ['the largest MinorUnits', maxPrice, { value: 2 ** 53 - 1, data: everything }],
  ['an enum value as a text', sort, { value: 'NAME', data: everything }],
  ['nothing in a filter', filter, { value: {}, data: everything }],
  ['null for a filter', filter, { value: null, data: everything }],
  ['null in a filter', filter, { value: { text: null, maxPrice: null, inStockOnly: null }, data: everything }],
  ['one value for a list', ids, { value: '01890a5d-ac96-774b-bcce-b302099a8057', data: { boughtWith: [] } }],
  ['an empty list', ids, { value: [], data: { boughtWith: [] } }],
  ['a whole number for an id', id, { value: 5, data: { product: null } }],
  [
    'a variable that no operation asks for',
    variable('Int', `{ products(first: $v) ${count} }`),
    { value: 1, data: everything },
  ],
]

/** Written into the document, where it is validation that refuses. */
const wrongLiterals: readonly string[] = [
  'products(first: 2147483648)',
  'products(first: -2147483649)',
  'products(first: 1.5)',
  'products(first: 2e1)',
  'products(first: "20")',
  'products(first: [20, 21])',
  'products(sort: "NAME")',
  'products(sort: name)',
  'products(filter: { unknown: 1 })',
  'products(filter: { maxPrice: 1.5 })',
  'products(filter: { maxPrice: 1e3 })',
  'products(filter: { maxPrice: "100" })',
  'products(filter: { maxPrice: 9007199254740992 })',
  'products(filter: { maxPrice: 99999999999999999999999999 })',
  'products(filter: "text")',
  'products(unknown: 1)',
]

export function valuesAreRefusedAlike(shop: () => Shop): void {
  const everyWrongValue = Object.entries(wrongValues).flatMap(([type, [operation, values]]) =>
    values.map((value) => ({ type, shown: value === undefined ? 'nothing' : JSON.stringify(value), operation, value })),
  )

  it.each(everyWrongValue)('$shown is no $type', async ({ operation, value }) => {
    const { status, data, errors } = await shop().shopper.send(operation, { v: value })
    expect({ status, data, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
      status: 400,
      data: undefined,
      codes: ['BAD_USER_INPUT'],
    })
    // The variable is named, and nothing of how it is read.
    expect(errors[0]?.message).toMatch(/\$v/)
    expect(errors[0]?.message).not.toMatch(/Cannot (read|use|convert)|is not a function|undefined \(/)
  })

  it.each(wrongLiterals)('%s is no valid document', async (field) => {
    const { status, errors } = await shop().shopper.send(`{ ${field} ${count} }`)
    expect({ status, codes: new Set(errors.map(({ extensions }) => extensions.code)) }).toEqual({
      status: 400,
      codes: new Set(['GRAPHQL_VALIDATION_FAILED']),
    })
  })

  it.each(rightValues)('is right: %s', async (_what, operation, { value, data }) => {
    const answer = await shop().shopper.send(operation, { v: value })
    const expected = data === everything ? (await shop().shopper.send(`{ products ${count} }`)).data : data
    expect(answer).toEqual({ status: 200, data: expected, errors: [] })
  })

  describe('null for a variable that has a default, and decides what is included', () => {
    it('is refused, as what is left out is not', async () => {
      const { status, errors } = await shop().shopper.send(included, { v: null })
      expect({ status, codes: errors.map(({ extensions }) => extensions.code) }).toEqual({
        status: 400,
        codes: ['BAD_USER_INPUT'],
      })
      expect((await shop().shopper.send(included)).data.categories.length).toBeGreaterThan(0)
    })
  })

  it('amounts of money that a mutation is given are exact, or refused', async () => {
    const variantId = shop().products[20]?.variants[0]?.id
    const operation = `mutation ($variantId: ID!, $amount: MinorUnits!) {
      setPrice(variantId: $variantId, amount: $amount) { ... on ProductVariant { price { amount } } ... on InvalidInput { field } } }`
    const set = async (amount: unknown) => (await shop().staff.send(operation, { variantId, amount })).data?.setPrice
    expect(await set(1e3)).toEqual({ price: { amount: 1000 } })
    expect(await set(-0)).toEqual({ field: 'amount' })
    expect(await set(0.1 + 0.2)).toBeUndefined()
  })
}
