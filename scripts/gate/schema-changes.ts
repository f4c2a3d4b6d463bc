import { CriticalityLevel, diff } from '@graphql-inspector/core'
import { GraphQLError, parse, Source, validate, type GraphQLSchema } from 'graphql'

export interface ClientDocument {
  /** Path of the file, for messages. */
  readonly path: string
  readonly text: string
}

/** What a client of the older schema could no longer send, or would no longer get. */
export async function breakingChanges(older: GraphQLSchema, newer: GraphQLSchema): Promise<string[]> {
  const changes = await diff(older, newer)
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message, path }) => (path === undefined ? message : `${path}: ${message}`))
}

/** Why the operations of a client would be refused; nothing when all are valid. */
export function invalidOperations(schema: GraphQLSchema, { path, text }: ClientDocument): string[] {
  try {
    return validate(schema, parse(new Source(text, path))).map(describe)
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [describe(thrown)]
    throw thrown
  }
}

function describe({ message, source, locations }: GraphQLError): string {
  const line = locations?.[0]?.line
  return `${source?.name ?? 'unknown file'}:${line ?? 1}: ${message}`
}
