import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { defaultLimits } from '../../config.ts'
import { gatewayUnderTest, type GatewayUnderTest } from '../../testing/gateway-under-test.ts'
import { createPlanner } from '../apollo/planner.ts'
import { soukSizes } from '../limits/list-sizes.ts'
import { preparation } from './preparation.ts'

const { schema } = createPlanner(readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8'))
const prepared = () => preparation({ schema, limits: defaultLimits, sizes: soukSizes, production: false })

const operation = `query Shown($slug: String!, $first: Int = 2) {
  product(slug: $slug) { ...Card similar(first: $first) { product { ...Card ...Priced } } }
}`
const card = 'fragment Card on Product { id name }'
const priced = 'fragment Priced on Product { priceRange { lowest { amount } } }'
const query = [operation, card, priced].join('\n')

describe('what is prepared for an operation', () => {
  it.each([
    ['the space between', query.replaceAll(/\s+/g, ' ').replaceAll(', ', ' ')],
    ['comments', `# for the page of a product\n${query.replaceAll('{', '{ # here\n')}`],
    ['its name', query.replace('Shown', 'ShownOnThePhone')],
    ['no name', query.replace('Shown', '')],
    ['the names of fragments', query.replaceAll('Card', 'F1').replaceAll('Priced', 'F0')],
    ['the order of definitions', [priced, operation, card].join(' ')],
    ['the order of variables', query.replace('$slug: String!, $first: Int = 2', '$first: Int = 2, $slug: String!')],
    ['descriptions', `"For everybody."\n${query.replace('$slug', '"""Which?""" $slug')}`],
  ])('is shared by those who write it otherwise: %s', (_what, text) => {
    const { prepare } = prepared()
    expect(prepare(text, undefined).prepared).toBe(prepare(query, undefined).prepared)
  })

  it.each([
    ['an alias', query.replace('id name', 'id called: name')],
    ['the order of fields', query.replace('id name', 'name id')],
    ['a default', query.replace('= 2', '= 3')],
    ['a condition', query.replace('...Priced', '...Priced @include(if: true)')],
    ['a field twice', query.replace('id name', 'id name id')],
    ['a type of a variable', query.replace('Int = 2', 'Int! = 2')],
  ])('is its own where what differs may show: %s', (_what, text) => {
    const { prepare } = prepared()
    expect(prepare(text, undefined).prepared).not.toBe(prepare(query, undefined).prepared)
  })

  it('is shared by a text within quotes and within three', () => {
    const { prepare } = prepared()
    const asked = (text: string) => prepare(`{ product(slug: ${text}) { id } }`, undefined).prepared
    expect(asked('"""\n  a "b"\n"""')).toBe(asked(String.raw`"a \"b\""`))
    expect(asked('"a"')).not.toBe(asked('"b"'))
  })

  it('is that of one operation among several, each with its own fragments and conditions', () => {
    const { prepare } = prepared()
    const both = `query A { me { ...F } } query B($v: Boolean!) { me { ...G } }
      fragment F on User { id } fragment G on User { name ...H @skip(if: $v) } fragment H on User { email }`
    const alone = prepare(
      'query B($v: Boolean!) { me { ...G } } fragment H on User { email } fragment G on User { name ...H @skip(if: $v) }',
      'B',
    )
    expect(prepare(both, 'B')).toEqual({ name: 'B', prepared: alone.prepared })
    expect(prepare(both, 'B').prepared).toBe(alone.prepared)
    expect(prepare(both, 'A').prepared.conditionVariables).toEqual([])
    expect(prepare(both, 'A').prepared).toBe(prepare('{ me { ...X } } fragment X on User { id }', undefined).prepared)
    for (const name of [undefined, 'C']) expect(() => prepare(both, name)).toThrow()
  })

  it('is given once to who wants to know what was asked last, as it was asked last', () => {
    const { prepare, recent } = prepared()
    prepare('query One { me { id } }', undefined)
    prepare('{ me { name } }', undefined)
    prepare('query Other { me { id } }', 'Other')
    expect([...recent()]).toEqual([
      { text: 'query Other { me { id } }', operationName: 'Other' },
      { text: '{ me { name } }', operationName: undefined },
    ])
  })

  it('is never more than there is room for', () => {
    const { prepare, recent } = prepared()
    const text = (at: number) => `{ product(slug: "${at}${'a'.repeat(30_000)}") { id } }`
    for (let at = 0; at < 100; at += 1) prepare(text(at), undefined)
    const kept = [...recent()].length
    expect(kept).toBeGreaterThan(10)
    expect(kept).toBeLessThan(100)
    expect(prepare(text(0), undefined).prepared.roots).toHaveLength(1)
  })
})

describe('a fetch', () => {
  let gateway: GatewayUnderTest
  beforeAll(async () => {
    gateway = await gatewayUnderTest(() => ({ data: { me: { id: 'u', name: 'U' } } }))
  })
  afterAll(() => gateway.close())

  it('bears the name that its own client gave to the operation, whoever sent the same before', async () => {
    for (const name of ['First', 'Second', '', 'First']) {
      await gateway.post({ query: `query ${name} { me { id name } }` })
    }
    expect(gateway.fetched.map(({ request }) => request.operationName)).toEqual([
      'First__users__0',
      'Second__users__0',
      undefined,
      'First__users__0',
    ])
    for (const { request } of gateway.fetched) {
      expect(request.query.replace(/\s+/g, '')).toBe(`query${request.operationName ?? ''}{me{idname}}`)
    }
  })
})
