import { SoukError } from '../../platform/errors.ts'
import type { Policy } from '../policy.ts'

/** While the server closes, open requests are answered and new ones refused; either way the connection ends with it. */
export const drainConnections: Policy = (server, { leaving }) => {
  let closing = false
  server.addHook('preClose', (done) => {
    closing = true
    done()
  })
  server.addHook('onRequest', (_request, _reply, done) => {
    if (closing) done(new SoukError('SUBGRAPH_UNAVAILABLE', 'This server is stopping; send the request again.'))
    else done()
  })
  // Kept alive, the connection of the last open request would be waited for long after its answer.
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (closing || leaving.aborted) reply.header('connection', 'close')
    done(null, payload)
  })
}
