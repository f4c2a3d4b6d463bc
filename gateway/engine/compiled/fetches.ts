import { GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql'

import { asError } from '../../../platform/errors.ts'
import type { Link } from '../../fetch/link.ts'
import type { FetchNode } from '../apollo/planner.ts'
import type { ExecutionRequest, Path } from '../executor.ts'
import { isFields, type Fields } from './fields.ts'
import { merge } from './merge.ts'
import { namingFetch } from './named-fetch.ts'
import { objectsAt, pathsAt, type PlanPath } from './places.ts'
import { representing, type ReadRepresentation } from './representations.ts'
import { rewriting, type Rewrite } from './rewrites.ts'

/** An operation under way. */
export interface State {
  readonly request: ExecutionRequest
  /** What was fetched so far, under names of our own. */
  readonly data: Fields
  readonly errors: GraphQLError[]
}

/** One part of a plan; resolves when its answers are in the state's data. */
export type PlanStep = (state: State) => Promise<void>

export interface FetchParts {
  readonly schema: GraphQLSchema
  readonly linkTo: (subgraph: string) => Link
}

/** @param paths where the objects are that it is for */
export function fetching(node: FetchNode, paths: readonly PlanPath[], { schema, linkTo }: FetchParts): PlanStep {
  const { serviceName: subgraph, requires, outputRewrites } = node
  const link = linkTo(subgraph)
  const textFor = namingFetch(node)
  const names = node.variableUsages ?? []
  const rewrite = rewriting(outputRewrites, schema)
  const fetch =
    requires === undefined
      ? fetchingFields(paths, rewrite)
      : fetchingEntities(paths, {
          read: representing(requires, schema),
          prepare: rewriting(node.inputRewrites, schema),
          rewrite,
        })

  return async (state) => {
    const { operationName: clientName, given, asker } = state.request
    const { query, operationName } = textFor(clientName)
    const variables = Object.fromEntries(
      names.flatMap((name) => (Object.hasOwn(given, name) && given[name] !== undefined ? [[name, given[name]]] : [])),
    )
    try {
      await fetch(state, (more) =>
        link({ subgraph, query, operationName, variables: { ...variables, ...more }, asker }, asker.signal),
      )
    } catch (thrown) {
      state.errors.push(
        thrown instanceof GraphQLError
          ? thrown
          : new GraphQLError(asError(thrown).message, { originalError: asError(thrown) }),
      )
    }
  }
}

type Send = (more?: Fields) => Promise<ExecutionResult>
type Fetching = (state: State, send: Send) => Promise<void>

/** Fields of the root, wherever in the answer that is. */
function fetchingFields(paths: readonly PlanPath[], rewrite: Rewrite | undefined): Fetching {
  return async (state, send) => {
    const objects = objectsAt(state.data, paths)
    if (objects.length === 0) return
    const { data, errors = [] } = await send()
    const [at = []] = errors.length === 0 ? [] : pathsAt(state.data, paths)
    for (const error of errors) state.errors.push(placed(error, error.path && [...at, ...error.path]))
    if (!isFields(data)) return
    rewrite?.(data)
    for (const object of objects) merge(object, data)
  }
}

interface EntityParts {
  readonly read: ReadRepresentation
  readonly prepare: Rewrite | undefined
  readonly rewrite: Rewrite | undefined
}

/** Fields of objects that the answer has already; each is asked for once, in however many places it stands. */
function fetchingEntities(paths: readonly PlanPath[], { read, prepare, rewrite }: EntityParts): Fetching {
  return async (state, send) => {
    const objects = objectsAt(state.data, paths)
    const { representations, places } = distinct(objects, read)
    if (representations.length === 0) return
    if (prepare !== undefined) representations.forEach(prepare)
    const { data, errors = [] } = await send({ representations })
    if (errors.length > 0) reportErrors(errors, { state, paths, places })
    const entities: unknown = data?._entities
    if (!Array.isArray(entities)) return
    for (const entity of entities) rewrite?.(entity)
    for (const [at, object] of objects.entries()) {
      const entity: unknown = entities[places[at] ?? -1]
      if (isFields(entity)) merge(object, entity)
    }
  }
}

/** @returns what is asked for, and for each object its place among that; -1 where nothing is asked for it */
function distinct(objects: readonly Fields[], read: ReadRepresentation) {
  const representations: Fields[] = []
  const placesOf = new Map<string, number>()
  const places = objects.map((object) => {
    const representation = read(object)
    if (representation === undefined) return -1
    const { key, fields } = representation
    const known = placesOf.get(key)
    if (known !== undefined) return known
    const place = representations.push(fields) - 1
    placesOf.set(key, place)
    return place
  })
  return { representations, places }
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

function placed(error: GraphQLError, path: Path | undefined): GraphQLError {
  const { message, extensions, originalError } = error
  return new GraphQLError(message, { path: path ?? null, extensions, originalError: originalError ?? error })
}
