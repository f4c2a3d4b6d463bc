import type { MakeFarewell, MakeGreeting } from './greeting.ts'
import { challengeUnauthenticated } from './policies/challenge.ts'
import { setCommonHeaders } from './policies/common-headers.ts'
import { varyByEncoding } from './policies/compress.ts'
import { shareWithOrigins } from './policies/cors.ts'
import { endConnections } from './policies/drain.ts'
import { requireKnownHost } from './policies/hosts.ts'
import { traceRequests } from './policies/trace.ts'

/** What every request meets, whatever it is for, in this order. */
export const greetings: readonly MakeGreeting[] = [
  // Before all work, so that every log line and every message of a request carries its trace.
  traceRequests,
  // Before anything can refuse, since refusals carry these too.
  setCommonHeaders,
  // Who asks under a foreign name gets no answer, not even by CORS.
  requireKnownHost,
  // Before all else that refuses: a page that may read answers may read refusals.
  shareWithOrigins,
  varyByEncoding,
]

/** What every answer meets. */
export const farewells: readonly MakeFarewell[] = [challengeUnauthenticated, endConnections]
