import { readFileSync } from 'node:fs'

import { Kind, parse } from 'graphql'

import { createPlanner } from '../../../gateway/engine/apollo/planner.ts'
import { madeUpValue } from '../../federation/differential/made-up-operations.ts'

const root = new URL('../../../', import.meta.url)
export const supergraphSdl = readFileSync(new URL('supergraph.graphql', root), 'utf8')
const document = readFileSync(new URL('clients/web/storefront.graphql', root), 'utf8')

export interface Operation {
  readonly query: string
  readonly operationName: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** Everything of many products, and of what goes with each. */
const heavy: Operation = {
  query: `query Heavy { products(first: 20) { edges { node { ...Card
    boughtTogether(first: 8) { explanation product { ...Card } }
    similar(first: 8) { explanation product { ...Card } } } } } }
  fragment Card on Product { id slug name category { slug name } images { url alt }
    variants { id sku price { amount currency } availability { inStock quantity } } }`,
  operationName: 'Heavy',
  variables: {},
}

/** Pages of the storefront, and a heavy one; the first may be kept by a gateway that keeps answers. */
export function measuredOperations(): Operation[] {
  const { schema } = createPlanner(supergraphSdl)
  const pages = ['WebBrowse', 'WebProduct', 'WebHome', 'WebCart'].map((operationName): Operation => {
    const definition = parse(document).definitions.find(
      (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === operationName,
    )
    const defined = definition?.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : []
    const variables = defined.map(({ variable, type }) => [variable.name.value, madeUpValue(schema, type)])
    return { query: document, operationName, variables: { ...Object.fromEntries(variables), first: 12 } }
  })
  return [...pages, heavy]
}
