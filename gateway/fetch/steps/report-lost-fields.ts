import { GraphQLError } from 'graphql'

import { clientError } from '../../http/client-error.ts'
import type { Step } from '../link.ts'
import { lostFields } from '../lost-fields.ts'

/** A fetch that fails costs its own fields: it is answered with one error for each, which shows nothing of the inside. */
export const reportLostFields: Step = (next) => async (fetch, signal) => {
  try {
    return await next(fetch, signal)
  } catch {
    const { message, extensions } = clientError('SUBGRAPH_UNAVAILABLE')
    return {
      errors: lostFields(fetch).map(({ path }) => new GraphQLError(message, { path, extensions: { ...extensions } })),
    }
  }
}
