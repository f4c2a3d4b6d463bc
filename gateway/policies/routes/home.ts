import type { FastifyReply } from 'fastify'

import type { Policy } from '../../policy.ts'

/** Who opens the bare address is shown the way: to GraphiQL, or in production, where there is none, to the graph. */
export const showTheWay: Policy = (server, { config }) => {
  for (const path of ['/', '/index.html']) {
    server.get(path, (_request, reply): FastifyReply =>
      config.production ? reply.send({ name: 'Souk', graphql: '/graphql' }) : reply.redirect('/graphiql'),
    )
  }
}
