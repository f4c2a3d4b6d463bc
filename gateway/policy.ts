import type { FastifyInstance } from 'fastify'

import type { GatewayDependencies } from './dependencies.ts'

export interface PolicyParts extends GatewayDependencies {
  /** Aborted when the gateway is about to close: it answers still, and says that it is not ready. */
  readonly leaving: AbortSignal
}

/** One concern of the gateway. */
export type Policy = (server: FastifyInstance, parts: PolicyParts) => Promise<void> | void
