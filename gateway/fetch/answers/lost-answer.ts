import { GraphQLError, type ExecutionResult } from 'graphql'

import { clientError } from '../../http/client-error.ts'
import type { Fetch } from '../link.ts'
import { lostFields } from '../lost-fields.ts'

/** A fetch that fails costs its own fields: it is answered with one error for each, which shows nothing of the inside. */
export function lostAnswer(fetch: Fetch): ExecutionResult {
  const { message, extensions } = clientError('SUBGRAPH_UNAVAILABLE')
  return {
    errors: lostFields(fetch).map(({ path }) => new GraphQLError(message, { path, extensions: { ...extensions } })),
  }
}
