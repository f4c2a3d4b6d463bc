import { GraphQLError } from 'graphql'

import type { Logger } from '../../../platform/telemetry/logging.ts'
import { masked } from '../../http/masking.ts'
import type { Look } from '../link.ts'

/** The errors of a subgraph as a client may read them, with the paths that they have in the answer of the fetch. */
export function maskErrors(log: Logger): Look {
  return (answer, fetch) => {
    if (answer.errors === undefined) return answer
    const { traceparent } = fetch.asker
    const errors = answer.errors.map((error) => {
      const { message, extensions } = masked(error, { log, traceparent })
      return new GraphQLError(message, { path: error.path ?? null, extensions: { ...extensions } })
    })
    return { ...answer, errors }
  }
}
