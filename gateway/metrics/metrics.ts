import { Counter, Histogram, Registry } from 'prom-client'

import type { NotCompiledReason } from '../engine/compiled/not-compiled.ts'

/** Why a supergraph was not taken: its file could not be read, or there can be no engine for it. */
export type SwapRefusal = 'unreadable' | 'unusable'

/** What the gateway counts of itself, for a Prometheus that asks `/metrics`. */
export interface GatewayMetrics {
  /** An operation was planned and compiled. */
  operationPrepared(): void
  /** An operation that is valid cannot be carried out: there is no executor to fall back on. */
  operationNotCompiled(reason: NotCompiledReason): void
  /** A subgraph has not answered together what several fetches asked in one request, and answers them apart. */
  requestSplit(subgraph: string): void
  swapMade(seconds: number): void
  swapRefused(reason: SwapRefusal): void
  /** All of it, as Prometheus reads it. */
  exposition(): Promise<{ readonly type: string; readonly text: string }>
}

export function createMetrics(): GatewayMetrics {
  const registry = new Registry()
  const registers = [registry]
  const prepared = new Counter({
    name: 'souk_gateway_operations_prepared_total',
    help: 'Operations that were planned and compiled, each once for all who write it otherwise.',
    registers,
  })
  const notCompiled = new Counter({
    name: 'souk_gateway_operations_not_compiled_total',
    help: 'Valid operations that the engine cannot carry out, by reason.',
    labelNames: ['reason'] as const,
    registers,
  })
  const split = new Counter({
    name: 'souk_gateway_requests_split_total',
    help: 'Requests shared by several fetches that a subgraph answers only apart.',
    labelNames: ['subgraph'] as const,
    registers,
  })
  const swaps = new Histogram({
    name: 'souk_gateway_supergraph_swap_seconds',
    help: 'From when another supergraph was read until it was served, with the operations that are prepared for it.',
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const refused = new Counter({
    name: 'souk_gateway_supergraph_refused_total',
    help: 'Supergraphs that were not taken, by reason.',
    labelNames: ['reason'] as const,
    registers,
  })
  return {
    operationPrepared: () => prepared.inc(),
    operationNotCompiled: (reason) => notCompiled.inc({ reason }),
    requestSplit: (subgraph) => split.inc({ subgraph }),
    swapMade: (seconds) => swaps.observe(seconds),
    swapRefused: (reason) => refused.inc({ reason }),
    exposition: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}
