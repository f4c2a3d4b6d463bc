import { GraphQLError, type ExecutionResult } from 'graphql'

import { errorCatalogue, isErrorCode } from '../../../platform/errors.ts'
import type { Look } from '../link.ts'
import { lostFields, type LostField } from '../lost-fields.ts'

type Path = LostField['path']
type Data = ExecutionResult['data']

/**
 * A list that only decorates what it stands on takes nothing with it when it is lost by a failure of the shop's own: it is
 * empty, and its error says why. See `docs/decisions/0008-nullability.md`.
 * @param decorations such as `Product.similar`
 */
export function emptyDecorations(decorations: ReadonlySet<string>): Look {
  return (answer, fetch) => {
    const { data, errors = [] } = answer
    if (errors.length === 0) return answer
    const lost = lostFields(fetch).filter(({ path }) => isMissing(data, path))
    const emptied = lost.filter(
      ({ path, coordinate }) => decorations.has(coordinate) && isFailure(causeOf(path, errors)),
    )
    if (emptied.length === 0) return answer
    const kept = errors.filter(({ path = [] }) => isStillLost(path, lost, emptied))
    return {
      ...answer,
      data: emptied.reduce<Data>((filled, { path }) => withEmptyList(filled, path, fetch.variables), data) ?? null,
      errors: [...kept, ...emptied.flatMap(({ path }) => errorAt(path, causeOf(path, errors)))],
    }
  }
}

function isMissing(data: unknown, path: Path): boolean {
  let value = data
  for (const key of path) {
    if (value === null || value === undefined) return true
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value === null || value === undefined
}

/** Its own error; where what it stands on was lost whole, the one that took it along. */
function causeOf(path: Path, errors: readonly GraphQLError[]): GraphQLError | undefined {
  return (
    errors.find((error) => isWithin(error.path ?? [], path)) ??
    errors.find((error) => path.length === 1 || isWithin(error.path ?? [], path.slice(0, 2)))
  )
}

function isFailure(cause: GraphQLError | undefined): boolean {
  const code = cause?.extensions.code
  return isErrorCode(code) && errorCatalogue[code].status >= 500
}

/** Whether an error is of something else than what is empty now. */
function isStillLost(path: Path, lost: readonly LostField[], emptied: readonly LostField[]): boolean {
  if (emptied.some((field) => isWithin(path, field.path))) return false
  const below = lost.filter((field) => isWithin(field.path, path))
  return below.length === 0 || below.some((field) => !emptied.includes(field))
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((key, depth) => path[depth] === key)
}

function errorAt(path: Path, cause: GraphQLError | undefined): GraphQLError[] {
  if (cause === undefined) return []
  if (cause.path?.length === path.length && isWithin(path, cause.path)) return [cause]
  return [new GraphQLError(cause.message, { path, extensions: cause.extensions })]
}

/** A list at the root, or of one of the entities that the representations stand for. */
function withEmptyList(data: Data, [key, at, field]: Path, variables: Readonly<Record<string, unknown>>): Data {
  if (typeof at !== 'number' || field === undefined) return { ...data, [String(key)]: [] }
  const { representations } = variables
  const entities: unknown = data?._entities
  const places: unknown[] = Array.isArray(representations) ? representations : []
  return {
    ...data,
    _entities: places.map((_, index) => {
      const entity: unknown = Array.isArray(entities) ? entities[index] : null
      return index === at ? { ...(typeof entity === 'object' && entity), [field]: [] } : (entity ?? null)
    }),
  }
}
