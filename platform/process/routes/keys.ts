import { SoukError } from '../../errors.ts'
import { paths } from '../../subgraph/http.ts'
import { startedSubgraph, type Route } from './route.ts'

/** What access tokens are verified by. Everybody may know it, so no passport is asked for. */
export const serveKeys: Route = (server, served) => {
  server.get(paths.keys, () => {
    const { jwks } = startedSubgraph(served)
    if (jwks === undefined) throw new SoukError('NOT_FOUND')
    return jwks()
  })
}
