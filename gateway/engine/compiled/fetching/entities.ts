import { isObjectType, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql'

import { isFields, type Fields } from '../fields.ts'
import { distinguishing, nowhere } from '../distinct.ts'
import { merge } from '../merge.ts'
import { objectsAt, pathsAt, type PlanPath } from '../places.ts'
import type { FetchPart } from '../plan/requests.ts'
import { rewriting } from '../rewrites.ts'
import { isMade, type FetchParts, type State } from './state.ts'
import { placed } from './placed.ts'

/** What a fetch asks for, and which objects it is for. */
export interface Gathered {
  readonly objects: readonly Fields[]
  readonly representations: readonly Fields[]
  /** For each object its place among the representations; `nowhere` where nothing is asked for it. */
  readonly places: readonly number[]
}

/** Fields of objects that the answer has already; each is asked for once, in however many places it stands. */
export interface EntityFetch {
  /** Undefined where there is nothing to ask for. */
  gather(state: State): Gathered | undefined
  fill(state: State, gathered: Gathered, answer: ExecutionResult): void
}

export function fetchingEntities(
  { node, paths, conditions }: FetchPart,
  { schema }: Pick<FetchParts, 'schema'>,
): EntityFetch {
  const distinct = distinguishing(node.requires ?? [], schema)
  const prepare = rewriting(node.inputRewrites, schema)
  const rewrite = rewriting(node.outputRewrites, schema)
  return {
    gather(state) {
      if (!isMade(conditions, state)) return undefined
      const objects = objectsAt(state.data, paths)
      const { representations, places } = distinct(objects)
      if (representations.length === 0) return undefined
      if (prepare !== undefined) representations.forEach(prepare)
      return { objects, representations, places }
    },
    fill(state, { objects, places }, { data, errors = [] }) {
      if (errors.length > 0) reportErrors(errors, { state, paths, places })
      const entities: unknown = data?._entities
      if (!Array.isArray(entities)) return
      for (const entity of entities) rewrite?.(entity)
      for (const [at, object] of objects.entries()) {
        const entity: unknown = entities[places[at] ?? nowhere]
        if (!isFields(entity)) continue
        if (isKnownCloser(object, entity, schema)) delete entity.__typename
        merge(object, entity)
      }
    },
  }
}

/** A subgraph with an `@interfaceObject` calls every member by the interface's name. */
function isKnownCloser({ __typename: known }: Fields, { __typename: told }: Fields, schema: GraphQLSchema): boolean {
  if (told === known || typeof told !== 'string' || typeof known !== 'string') return false
  return !isObjectType(schema.getType(told)) && isObjectType(schema.getType(known))
}

interface Entities {
  readonly state: State
  readonly paths: readonly PlanPath[]
  readonly places: readonly number[]
}

/** An error of an entity is one of each place where that stands. */
function reportErrors(errors: readonly GraphQLError[], { state, paths, places }: Entities): void {
  const trails = pathsAt(state.data, paths)
  for (const error of errors) {
    const [, place, ...inside] = error.path ?? []
    const at = places.flatMap((one, index) => (one === place ? [trails[index] ?? []] : []))
    if (at.length === 0) state.errors.push(placed(error, undefined))
    for (const object of at) state.errors.push(placed(error, [...object, ...inside]))
  }
}
