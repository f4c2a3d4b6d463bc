import { GraphQLError, type ExecutionResult } from 'graphql'
import { z } from 'zod'

import type { Step } from '../link.ts'

const representationsOf = z.object({ representations: z.array(z.unknown()) })

/**
 * An entity that stands at several places of an answer is asked for once, and its answer, its errors included, is given
 * to every place.
 */
export const fetchEntitiesOnce: Step = (next) => async (fetch, signal) => {
  const { data: asked } = representationsOf.safeParse(fetch.variables)
  if (asked === undefined) return next(fetch, signal)
  const { unique, places } = distinct(asked.representations)
  if (unique.length === places.length) return next(fetch, signal)
  const answer = await next({ ...fetch, variables: { ...fetch.variables, representations: unique } }, signal)
  return spread(answer, places)
}

/** @returns what is different, and for each of what there was its place among that */
function distinct(all: readonly unknown[]): { unique: unknown[]; places: number[] } {
  const unique: unknown[] = []
  const known = new Map<string, number>()
  const places = all.map((representation) => {
    const key = JSON.stringify(representation)
    const place = known.get(key) ?? unique.push(representation) - 1
    known.set(key, place)
    return place
  })
  return { unique, places }
}

function spread({ data, errors, ...rest }: ExecutionResult, places: readonly number[]): ExecutionResult {
  const entities: unknown = data?._entities
  return {
    ...rest,
    ...(data !== undefined && {
      data: Array.isArray(entities) ? { ...data, _entities: copies(entities, places) } : data,
    }),
    ...(errors !== undefined && { errors: errors.flatMap((error) => atEveryPlace(error, places)) }),
  }
}

/** Each place gets an object of its own: what is fetched next is merged into it. */
function copies(entities: readonly unknown[], places: readonly number[]): unknown[] {
  const given = new Set<number>()
  return places.map((place) => {
    const isFirst = !given.has(place)
    given.add(place)
    return isFirst ? entities[place] : copyOf(entities[place])
  })
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)]))
}

function atEveryPlace(error: GraphQLError, places: readonly number[]): GraphQLError[] {
  const [root, asked, ...inside] = error.path ?? []
  if (root !== '_entities' || typeof asked !== 'number') return [error]
  return places.flatMap((place, index) =>
    place === asked
      ? new GraphQLError(error.message, { path: [root, index, ...inside], extensions: error.extensions })
      : [],
  )
}
