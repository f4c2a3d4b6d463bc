import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { composeServices } from '@apollo/composition'
import { parse, visit, type DocumentNode } from 'graphql'

import { withShared } from '../../platform/graphql/shared-definitions.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { sharedDefinitions } from './shared-definitions.ts'
import { StepFailure } from './step-failure.ts'

export interface Composition {
  readonly supergraphSdl: string
  /** What composition found odd, though not wrong; the graph is meant to have none. */
  readonly hints: readonly string[]
}

/**
 * Composes the subgraphs of `supergraph.yaml`.
 * @throws StepFailure with every error that composition names
 */
export function composeSupergraph(root: string): Composition {
  const shared = sharedDefinitions(root)
  const services = readSubgraphList(root).map(({ name, url, schemaFile }) => ({
    name,
    url,
    typeDefs: withoutStubDescriptions(withShared(parse(readFileSync(join(root, schemaFile), 'utf8')), shared)),
  }))
  const composed = composeServices(services)
  if (composed.errors !== undefined) {
    const errors = composed.errors.map((error) => {
      const code = error.extensions.code
      return typeof code === 'string' ? `- ${code}: ${error.message}` : `- ${error.message}`
    })
    throw new StepFailure(['The subgraphs do not compose into one graph:', ...errors].join('\n'))
  }
  return { supergraphSdl: composed.supergraphSdl, hints: composed.hints.filter(isWorthShowing).map(describeHint) }
}

/**
 * "Stub: owned by products." is for who reads that subgraph. Composition takes the most frequent description, and a type
 * with many stubs would be described to clients as one.
 */
function withoutStubDescriptions(typeDefs: DocumentNode): DocumentNode {
  return visit(typeDefs, {
    ObjectTypeDefinition: (node) =>
      node.description?.value.startsWith('Stub: owned by ') ? { ...node, description: undefined } : undefined,
  })
}

type CompositionHint = NonNullable<ReturnType<typeof composeServices>['hints']>[number]

// Those of level DEBUG only tell how it merged what was alike.
function isWorthShowing({ definition }: CompositionHint): boolean {
  return definition.level.name !== 'DEBUG'
}

function describeHint({ definition, message }: CompositionHint): string {
  return `${definition.level.name} ${definition.code}: ${message}`
}
