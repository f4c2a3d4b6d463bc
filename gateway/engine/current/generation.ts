import { createHash } from 'node:crypto'

import type { Graph } from '../../dependencies.ts'
import type { Engine } from '../engine.ts'

/** An engine for one graph, and how many are at work with it. */
export interface Generation {
  readonly engine: Engine
  readonly graph: Graph
  /** The supergraph's, in short: the same text has the same. */
  readonly id: string
  use<Result>(work: (generation: Generation) => Promise<Result>): Promise<Result>
  /** Ends it when the last that is at work with it has ended. */
  retire(): Promise<void>
  /** Ends it, whoever is at work with it. */
  end(): Promise<void>
}

export function generationOf(engine: Engine, graph: Graph): Generation {
  let inUse = 0
  let ending: Promise<void> | undefined
  let onUnused: (() => void) | undefined
  const generation: Generation = {
    engine,
    graph,
    id: createHash('sha256').update(graph.supergraphSdl).digest('hex').slice(0, 12),
    async use(work) {
      inUse += 1
      try {
        return await work(generation)
      } finally {
        inUse -= 1
        if (inUse === 0) onUnused?.()
      }
    },
    async retire() {
      if (inUse > 0) await new Promise<void>((resolve) => (onUnused = resolve))
      await generation.end()
    },
    end: () => (ending ??= engine.stop().finally(() => graph.release?.())),
  }
  return generation
}
