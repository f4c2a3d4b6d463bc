import type { FastifyInstance } from 'fastify'

import type { GatewayDependencies, Graph } from './dependencies.ts'
import type { CurrentEngine } from './engine/current/current.ts'
import type { GatewayMetrics } from './metrics/metrics.ts'

/** The graph itself is the engine's affair: another one may be served a moment later. */
export interface PolicyParts extends Omit<GatewayDependencies, keyof Graph> {
  readonly engine: CurrentEngine
  readonly metrics: GatewayMetrics
  /** Aborted when the gateway is about to close: it answers still, and says that it is not ready. */
  readonly leaving: AbortSignal
}

/** One concern of the gateway. */
export type Policy = (server: FastifyInstance, parts: PolicyParts) => Promise<void> | void
