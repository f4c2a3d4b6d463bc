import type { GraphQLError } from 'graphql'

import { AbsentEntity } from '../fetch/answers/report-absent-entities.ts'
import { parsedFields } from '../http/json-fields.ts'
import type { Execution } from './executor.ts'

/** The errors that a client is given: of the absent entities, one for each thing that is lost with one in it. */
export function explainingErrors({ data, errors }: Execution): readonly GraphQLError[] {
  const kept = errors.filter((error) => !(error.originalError instanceof AbsentEntity))
  if (kept.length === errors.length) return errors
  // An error of something else may lie under the same place and not be why it is lost, so it does not count.
  const explained = new Set<string>()
  const answered = data && parsedFields(data)
  for (const error of errors) {
    if (!(error.originalError instanceof AbsentEntity)) continue
    const place = lostPlace(answered, error)
    if (place === undefined || explained.has(place)) continue
    explained.add(place)
    kept.push(error)
  }
  return kept
}

/** Where above an error's own field the answer ends; undefined where the field is there, or was not asked for. */
function lostPlace(data: unknown, { path = [] }: GraphQLError): string | undefined {
  let value: unknown = data
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return JSON.stringify(path.slice(0, depth))
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
    if (value === undefined) return undefined
  }
  return undefined
}
