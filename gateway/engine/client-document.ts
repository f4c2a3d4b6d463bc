import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode } from 'graphql'

export type ClientOperation = OperationDefinitionNode

/** A document as a client wrote it. */
export interface ClientDocument {
  readonly node: DocumentNode
  readonly operations: readonly ClientOperation[]
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/** Values of variables, by name. */
export type Variables = Readonly<Record<string, unknown>>
