import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { buildASTSchema, parse, type GraphQLSchema } from 'graphql'

import { readDefinitions, withShared } from '../../platform/graphql/shared-definitions.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'

const root = new URL('../../', import.meta.url)
const shared = readDefinitions(new URL('contracts/graph/', root))

function parsed(file: string) {
  return parse(readFileSync(new URL(file, root), 'utf8'))
}

// Federation's directives are not declared in it, and say nothing of who may see what.
const options = { assumeValidSDL: true }

/** The whole graph. */
export const supergraph: GraphQLSchema = buildASTSchema(parsed('supergraph.graphql'), options)

/** Each subgraph's own part of it, with what it shares. */
export const subgraphSchemas: ReadonlyMap<string, GraphQLSchema> = new Map(
  readSubgraphList(fileURLToPath(root)).map(({ name, schemaFile }) => [
    name,
    buildASTSchema(withShared(parsed(schemaFile), shared), options),
  ]),
)
