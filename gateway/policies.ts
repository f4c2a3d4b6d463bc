import { answerErrors } from './http/errors.ts'
import { serveGraphiql } from './policies/graphiql.ts'
import { serveGraphql } from './policies/graphql.ts'
import { showTheWay } from './policies/home.ts'
import { reportHealth } from './policies/health.ts'
import { identifyViewer } from './policies/identity.ts'
import { serveImages } from './policies/images.ts'
import { serveKeys } from './policies/keys.ts'
import { traceRequests } from './policies/trace.ts'
import type { Policy } from './policy.ts'

/** Everything the gateway does, in the order in which a request meets it. */
export const policies: readonly Policy[] = [
  // First, so that whatever fails after it is answered as GraphQL errors in JSON.
  answerErrors,
  // Before all work, so that every log line and every message of a request carries its trace.
  traceRequests,
  // These need to know nobody: probes, pictures and keys must be answered even to a caller with a bad token.
  reportHealth,
  serveKeys,
  serveImages,
  serveGraphiql,
  showTheWay,
  // Just before the graph, which is the only one that asks who it is.
  identifyViewer,
  serveGraphql,
]
