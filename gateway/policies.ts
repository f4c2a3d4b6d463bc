import { farewells, greetings } from './cross-cutting.ts'
import { greeted, sentOff } from './greeting.ts'
import { compressAnswers } from './policies/compress.ts'
import { answerPreflights } from './policies/cors.ts'
import { showTheWay } from './policies/routes/home.ts'
import { reportHealth } from './policies/routes/health.ts'
import { serveGraphiql } from './policies/routes/graphiql.ts'
import { serveImages } from './policies/routes/images.ts'
import { serveKeys } from './policies/routes/keys.ts'
import { showMetrics } from './policies/routes/metrics.ts'
import type { Policy } from './policy.ts'

/** What the gateway does beside the graph (`door/`), in the order in which a request meets it. */
export const policies: readonly Policy[] = [
  // First, as for the graph.
  greeted(greetings),
  // Behind what says who may ask.
  answerPreflights,
  sentOff(farewells),
  // Before the routes, each of which is given its hook when it is added.
  compressAnswers,
  // These need to know nobody: probes, pictures and keys must be answered even to a caller with a bad token.
  reportHealth,
  showMetrics,
  serveKeys,
  serveImages,
  serveGraphiql,
  showTheWay,
]
