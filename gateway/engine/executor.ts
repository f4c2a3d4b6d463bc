import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql'

import type { Asker } from '../fetch/link.ts'
import type { JsonFields } from '../http/json-fields.ts'
import type { ClientNames } from './names.ts'
import type { Variables } from './client-document.ts'

/** What is planned as one operation, under names of our own for the client's aliases. */
export interface ExecutableOperation {
  /** The operation's text, as it is printed, in short: one of the same key is answered the same. */
  readonly key: string
  /** Holds this one operation, and the fragments that it spreads. */
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly clientNames: ClientNames
  /** Variables that `@skip` and `@include` read, wherever they stand. */
  readonly conditionVariables: readonly string[]
}

export interface ExecutionRequest {
  /** As the client calls it: the operation itself is called `plannedName`, whoever sends it. */
  readonly operationName: string | undefined
  /** As the client sent them: a subgraph applies the same defaults. */
  readonly given: Variables
  /** With the operation's defaults. */
  readonly values: Variables
  readonly asker: Asker
}

export type Path = readonly (string | number)[]

/** What came of an operation, by the client's names. */
export interface Execution {
  readonly data: JsonFields | null
  readonly errors: readonly GraphQLError[]
  /** Where something that may not be null, or is not of its type, came from a subgraph. */
  readonly holes: readonly Path[]
  /** The answer as it is sent, where it is nothing but the data. */
  readonly answer?: Buffer | undefined
}

/** Carries operations out: plans each, the first time, and fetches what the plan says. */
export interface Executor {
  /** Plans it, so that nobody waits for that. */
  prepare(operation: ExecutableOperation): void
  run(operation: ExecutableOperation, request: ExecutionRequest): Promise<Execution>
  stop(): Promise<void>
}
