import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { publicSchema } from './public-schema.ts'
import { breakingChanges, invalidOperations } from './schema-changes.ts'
import { composeSupergraph } from './supergraph.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@inaccessible"])'
const products = `${link} type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String! }`

describe('the composed graph', () => {
  let root: string

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'souk-gate-'))
    mkdirSync(join(root, 'contracts/graph'), { recursive: true })
  })
  afterEach(() => {
    rmSync(root, { recursive: true })
  })

  function given(schemas: Record<string, string>): void {
    const listed = Object.keys(schemas).map(
      (name) => `  ${name}:\n    url: http://localhost:4001/\n    schema: ${name}.graphql`,
    )
    writeFileSync(join(root, 'supergraph.yaml'), ['subgraphs:', ...listed].join('\n'))
    for (const [name, sdl] of Object.entries(schemas)) writeFileSync(join(root, `${name}.graphql`), sdl)
  }

  it('joins the subgraphs of the list, and hides from clients what is inaccessible', () => {
    given({
      products,
      stock: `${link} type Product @key(fields: "id") { id: ID! inStock: Boolean! shelf: String! @inaccessible }`,
    })
    const refused = invalidOperations(publicSchema(composeSupergraph(root).supergraphSdl), {
      path: 'app.graphql',
      text: 'query Stock { product { name inStock shelf } }',
    })
    expect(refused).toEqual(['app.graphql:1: Cannot query field "shelf" on type "Product".'])
  })

  it('gives each subgraph what it uses of what they share', () => {
    writeFileSync(join(root, 'contracts/graph/shared.graphql'), `${link} scalar Units type Money { amount: Units! }`)
    given({ products: products.replace(link, '').replace('name: String!', 'price: Money!') })
    const schema = publicSchema(composeSupergraph(root).supergraphSdl)
    expect(Object.keys(schema.getTypeMap())).toEqual(expect.arrayContaining(['Product', 'Money', 'Units']))
  })

  it('names what does not compose', () => {
    given({ products, stock: `${link} type Product @key(fields: "id") { id: ID! name: Int! }` })
    expect(() => composeSupergraph(root)).toThrow(/FIELD_TYPE_MISMATCH/)
  })

  it('reports what composes, and is odd', () => {
    const described = products.replace('type Product', '"What is sold." type Product')
    given({
      described,
      stock: `${link} "What is stocked." type Product @key(fields: "id") { id: ID! inStock: Boolean! }`,
    })
    expect(composeSupergraph(root).hints).toEqual([expect.stringContaining('INCONSISTENT_DESCRIPTION')])
  })

  it('describes a type as its owner does, however many stubs of it there are', () => {
    const stub = (field: string) =>
      `${link} "Stub: owned by products." type Product @key(fields: "id") { id: ID! ${field} }`
    given({
      products: products.replace('type Product', '"What is sold." type Product'),
      inventory: stub('inStock: Boolean!'),
      recommendations: stub('similar: [Product!]!'),
    })
    const { supergraphSdl, hints } = composeSupergraph(root)
    expect(hints).toEqual([])
    expect(publicSchema(supergraphSdl).getType('Product')?.description).toBe('What is sold.')
  })

  it('names a schema that is not there', () => {
    given({ products })
    rmSync(join(root, 'products.graphql'))
    expect(() => composeSupergraph(root)).toThrow('schemas that are not there: products.graphql')
  })

  it('is broken for clients by a field that goes, and not by one that comes', async () => {
    given({ products })
    const before = publicSchema(composeSupergraph(root).supergraphSdl)
    given({ products: products.replace('name: String!', 'title: String!') })
    const after = publicSchema(composeSupergraph(root).supergraphSdl)
    expect(await breakingChanges(before, after)).toEqual([
      "Product.name: Field 'name' was removed from object type 'Product'",
    ])
    given({ products: products.replace('name: String!', 'name: String! title: String!') })
    expect(await breakingChanges(before, publicSchema(composeSupergraph(root).supergraphSdl))).toEqual([])
  })
})
