import { graphiqlPage } from '../../http/graphiql-page.ts'
import type { Policy } from '../../policy.ts'

/** The page to explore the graph with; not in production. */
export const serveGraphiql: Policy = async (server, { config }) => {
  if (config.production) return
  await server.register(graphiqlPage({ distDir: config.graphiqlFolder }))
}
