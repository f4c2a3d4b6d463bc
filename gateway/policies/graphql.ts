import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloHandler } from '@as-integrations/fastify'

import type { Viewer } from '../../platform/identity/viewer.ts'
import type { Traceparent } from '../../platform/telemetry/trace.ts'
import { createExecutor } from '../engine/apollo/executor.ts'
import { explainHoles, formatGatewayError, requireOperation } from '../engine/apollo/errors.ts'
import type { Policy } from '../policy.ts'
import { requireWellFormed } from '../http/well-formed.ts'

/** What a fetch needs to know of the request it is part of. */
export interface GatewayContext {
  readonly viewer: Viewer
  readonly traceparent: Traceparent
}

/** The graph itself, over HTTP as the GraphQL-over-HTTP specification says. */
export const serveGraphql: Policy = async (server, dependencies) => {
  const apollo = new ApolloServer<GatewayContext>({
    gateway: createExecutor(dependencies),
    introspection: !dependencies.config.production,
    // "Did you mean ..." would tell, name by name, what introspection does not.
    hideSchemaDetailsFromClientErrors: dependencies.config.production,
    includeStacktraceInErrorResponses: false,
    formatError: formatGatewayError,
    logger: dependencies.log,
    // The process decides when it stops, not a library.
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), requireOperation, explainHoles],
  })
  await apollo.start()
  server.addHook('onClose', () => apollo.stop())

  const handler = fastifyApolloHandler<GatewayContext>(apollo, {
    context: (request) => Promise.resolve({ viewer: request.viewer, traceparent: request.traceparent }),
  })
  // Fastify's own parser would let it through as a string, to be misread further in.
  server.removeContentTypeParser('text/plain')
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: async (request, reply) => {
      // Somebody with a browser wants to look around, not to read that a query is missing.
      const browses = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
      if (browses && !dependencies.config.production) await reply.redirect('/graphiql')
      else requireWellFormed(request)
    },
    handler,
  })
  server.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_request, reply) =>
      reply
        .status(405)
        .header('allow', 'GET, POST')
        .send({ errors: [{ message: 'Use POST, or GET for queries.', extensions: { code: 'BAD_REQUEST' } }] }),
  })
}
