import { Pool } from 'undici'

import { graphAnswer, type AskGraph } from '../subgraph/ask-graph.ts'
import { headers } from '../subgraph/http.ts'

/** Connections to the gateway at most. */
const connections = 16

/** Asks the gateway where it is a process of its own. @param url where it takes operations */
export function graphOverHttp(url: string): { readonly ask: AskGraph; close(): Promise<void> } {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections })
  return {
    async ask({ query, variables, errand, traceparent, signal }) {
      const { body } = await pool.request({
        method: 'POST',
        path: pathname,
        signal,
        body: JSON.stringify({ query, variables }),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          [headers.errand]: errand,
          ...(traceparent !== undefined && { [headers.traceparent]: traceparent }),
        },
      })
      return graphAnswer(await body.json())
    },
    close: () => pool.destroy(),
  }
}
