import { GraphQLError } from 'graphql'

import { clientError } from '../../http/client-error.ts'
import type { Look } from '../link.ts'
import { lostFields } from '../lost-fields.ts'

/** A field of an entity that its subgraph does not have. It matters to a client only where it costs what is above it. */
export class AbsentEntity extends GraphQLError {}

/**
 * An entity that its subgraph does not have is answered with null and no error. As soon as there is another error,
 * Apollo's executor gives no reason for what that null costs, so it is kept here, with the path that only Apollo knows.
 */
export const reportAbsentEntities: Look = (answer, fetch) => {
  const entities: unknown = answer.data?._entities
  if (!Array.isArray(entities) || !entities.includes(null)) return answer
  const failed = new Set((answer.errors ?? []).map(({ path }) => path?.[1]))
  const absent = lostFields(fetch).filter(
    ({ path: [, at] }) => typeof at === 'number' && entities[at] === null && !failed.has(at),
  )
  const { message, extensions } = clientError('SUBGRAPH_UNAVAILABLE', { message: 'A part of the answer is missing.' })
  const errors = absent.map(({ path }) => new AbsentEntity(message, { path, extensions: { ...extensions } }))
  return { ...answer, errors: [...(answer.errors ?? []), ...errors] }
}
