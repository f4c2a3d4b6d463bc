import { readFileSync } from 'node:fs'

import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'

import { visitor } from '../../platform/identity/viewer.ts'
import { createPlanner } from '../engine/apollo/planner.ts'
import type { Fetch } from '../fetch/link.ts'
import { fetchUnits } from './fetch-units.ts'
import { cacheRulesIn } from './rules.ts'

const sdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')
/** As if a plan required a field that clients do not see. */
const hidden = sdl.replace(
  /^(type Product\b[^{]*\{)/m,
  '$1\n  inner: String @inaccessible @join__field(graph: PRODUCTS)\n',
)

const known = (supergraph = sdl) =>
  fetchUnits({ schema: createPlanner(supergraph).schema, rules: cacheRulesIn(parse(supergraph)) })

const fetch = (query: string, variables: Fetch['variables'] = {}): Fetch => ({
  subgraph: 'products',
  query,
  operationName: undefined,
  variables,
  asker: { viewer: visitor } as Fetch['asker'],
})

const entities = (selection: string, ...types: string[]) =>
  fetch(`query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`, {
    representations: types.map((type) => ({ __typename: type, id: '1' })),
  })

const agesOf = (units: ReturnType<ReturnType<typeof fetchUnits>>) =>
  units?.kind === 'entities' ? units.units.map((unit) => unit?.maxAge) : units?.unit.maxAge

describe('what a fetch asks for', () => {
  it('is known of each type of its entities, whichever is asked for first', () => {
    const unitsOf = known()
    const selection = '... on Product { name } ... on ProductVariant { availability { quantity } } ... on User { name }'
    const of = (...types: string[]) => agesOf(unitsOf(entities(selection, ...types)))
    expect(of('Product')).toEqual([60])
    expect(of('ProductVariant', 'User', 'Product', 'None', 'Product None')).toEqual([
      5,
      undefined,
      60,
      undefined,
      undefined,
    ])
  })

  it.each([
    ['a default', 'query ($filter: ProductFilter = { text: "a" }) { products(filter: $filter) { totalCount } }', {}],
    ['a text as it is written', '{ products(filter: { category: "c", text: "a" }) { totalCount } }', {}],
    ['a variable', 'query ($v: Boolean) { products(filter: { inStockOnly: $v }) { totalCount } }', { v: true }],
  ])('is not kept where it changes unannounced: by %s', (_what, query, variables) => {
    const unitsOf = known()
    for (let turn = 0; turn < 2; turn += 1) expect(unitsOf(fetch(query, variables))).toBeUndefined()
  })

  it('is kept where a value asks for nothing that changes unannounced', () => {
    const query =
      'query ($v: Boolean, $filter: ProductFilter = { text: "a" }) { all: products(filter: { inStockOnly: $v, text: null }) { totalCount } products(filter: $filter) { totalCount } }'
    expect(agesOf(known()(fetch(query, { v: false, filter: null })))).toBe(60)
  })

  it('has one key for one text, and another for another', () => {
    const unitsOf = known()
    const keyOf = (query: string) => {
      const units = unitsOf(fetch(query))
      return units?.kind === 'root' ? units.unit.key : undefined
    }
    const [one, other] = ['{ product(slug: "s") { name } }', '{ product(slug: "s") { id } }']
    expect(keyOf(one)).toBe(keyOf(one))
    expect(keyOf(one)).not.toBe(keyOf(other))
  })

  it('is nobody’s to keep where the schema does not show it', () => {
    const unitsOf = known(hidden)
    expect(agesOf(unitsOf(entities('... on Product { __typename name }', 'Product')))).toEqual([60])
    expect(unitsOf(entities('... on Product { __typename inner }', 'Product'))).toBeUndefined()
    expect(unitsOf(fetch('{ product(slug: "s") { name inner } }'))).toBeUndefined()
  })
})
