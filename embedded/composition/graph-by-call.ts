import type { Gateway } from '../../gateway/gateway.ts'
import { SoukError } from '../../platform/errors.ts'
import { graphAnswer, type AskGraph } from '../../platform/subgraph/ask-graph.ts'
import { headers } from '../../platform/subgraph/http.ts'
import { unlessAborted } from '../../platform/work/deadline.ts'

/**
 * Asks the gateway of this process, with no port in between: the question goes through the same policies as one that comes over HTTP.
 * @param gateway undefined until it is open
 */
export function graphByCall(gateway: () => Pick<Gateway, 'server'> | undefined): AskGraph {
  return async ({ query, variables, errand, traceparent, signal }) => {
    const open = gateway()
    if (open === undefined) throw new SoukError('SUBGRAPH_UNAVAILABLE')
    const ask = async () =>
      open.server.inject({
        method: 'POST',
        url: '/graphql',
        headers: {
          [headers.errand]: errand,
          ...(traceparent !== undefined && { [headers.traceparent]: traceparent }),
        },
        payload: { query, variables },
        signal,
      })
    const { body } = await unlessAborted(ask, signal)
    return graphAnswer(JSON.parse(body))
  }
}
