import { answerErrors } from './http/errors.ts'
import { challengeUnauthenticated } from './policies/challenge.ts'
import { setCommonHeaders } from './policies/common-headers.ts'
import { compressAnswers } from './policies/compress.ts'
import { shareWithOrigins } from './policies/cors.ts'
import { decompressBodies } from './policies/decompress.ts'
import { drainConnections } from './policies/drain.ts'
import { serveGraphiql } from './policies/routes/graphiql.ts'
import { serveGraphql } from './policies/routes/graphql.ts'
import { showTheWay } from './policies/routes/home.ts'
import { reportHealth } from './policies/routes/health.ts'
import { requireKnownHost } from './policies/hosts.ts'
import { identifyViewer, refuseBadTokens } from './policies/identity.ts'
import { serveImages } from './policies/routes/images.ts'
import { limitRate } from './policies/limit-rate.ts'
import { serveKeys } from './policies/routes/keys.ts'
import { showMetrics } from './policies/routes/metrics.ts'
import { shareAnswers } from './policies/share-answers.ts'
import { traceRequests } from './policies/trace.ts'
import type { Policy } from './policy.ts'

/** Everything the gateway does, in the order in which a request meets it. */
export const policies: readonly Policy[] = [
  // First, so that whatever fails after it is answered as GraphQL errors in JSON.
  answerErrors,
  // Before all work, so that every log line and every message of a request carries its trace.
  traceRequests,
  // Before anything can answer or refuse, since refusals carry these too.
  setCommonHeaders,
  // Who asks under a foreign name gets no answer, not even by CORS.
  requireKnownHost,
  // Before all that refuses: a page that may read answers may read refusals. It answers preflights itself.
  shareWithOrigins,
  challengeUnauthenticated,
  drainConnections,
  // Before a body is parsed.
  decompressBodies,
  // Before the routes, each of which is given its hook when it is added.
  compressAnswers,
  // Behind what compresses, so that it names what is sent; before the route whose answers it is about.
  shareAnswers,
  // These need to know nobody: probes, pictures and keys must be answered even to a caller with a bad token.
  reportHealth,
  showMetrics,
  serveKeys,
  serveImages,
  serveGraphiql,
  showTheWay,
  // Just before the graph, which is the only one that asks who it is.
  identifyViewer,
  // Once it is known whose tokens to take. Before a bad access token is refused: to try them is to ask, too.
  limitRate,
  refuseBadTokens,
  serveGraphql,
]
