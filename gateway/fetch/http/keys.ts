import type { JSONWebKeySet } from 'jose'
import { z } from 'zod'

import { asError, SoukError } from '../../../platform/errors.ts'
import { paths } from '../../../platform/subgraph/http.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import { withinDeadline } from '../../../platform/work/deadline.ts'
import { singleFlight } from '../../../platform/work/single-flight.ts'
import type { HttpSubgraph } from './http-subgraph.ts'

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) })

/**
 * Reads the public keys of access tokens from users. While users cannot be asked, those that are known go on being good: who
 * is signed in is known without it.
 * @throws SoukError SUBGRAPH_UNAVAILABLE where none were ever read
 */
export function keysFrom(
  users: Pick<HttpSubgraph, 'get'>,
  { deadline, log }: { readonly deadline: number; readonly log: Logger },
): () => Promise<JSONWebKeySet> {
  let known: JSONWebKeySet | undefined
  return singleFlight(async () => {
    try {
      const text = await withinDeadline(deadline, (signal) => users.get(paths.keys, signal))
      known = keySet.parse(JSON.parse(text))
    } catch (cause) {
      if (known === undefined) {
        throw new SoukError('SUBGRAPH_UNAVAILABLE', 'The keys of access tokens are not available just now.', { cause })
      }
      log.warn({ err: asError(cause) }, 'the keys of access tokens cannot be read; those that are known are used')
    }
    return known
  })
}
