import type { FastifyInstance } from 'fastify'

import type { GatewayDependencies } from './dependencies.ts'

/** One concern of the gateway. */
export type Policy = (server: FastifyInstance, dependencies: GatewayDependencies) => Promise<void> | void
