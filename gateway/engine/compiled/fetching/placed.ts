import { GraphQLError } from 'graphql'

import type { Path } from '../../executor.ts'

/** The same error with its path in the whole answer; undefined where that is not known. */
export function placed(error: GraphQLError, path: Path | undefined): GraphQLError {
  const { message, extensions, originalError } = error
  return new GraphQLError(message, { path: path ?? null, extensions, originalError: originalError ?? error })
}
