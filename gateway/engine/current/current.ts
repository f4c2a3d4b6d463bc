import { asError } from '../../../platform/errors.ts'
import type { GatewayDependencies, Graph } from '../../dependencies.ts'
import type { GatewayMetrics } from '../../metrics/metrics.ts'
import { UnusableSupergraph } from '../../supergraph.ts'
import { createEngine, type Engine } from '../engine.ts'
import { generationOf, type Generation } from './generation.ts'
import { warmingBy } from './warming.ts'

/** Former engines that requests may still be under way on: each holds a whole graph, so a further swap waits for the end of one. */
const mostRetired = 2

/** The engine that answers just now; another one can be put in its place while it does. */
export interface CurrentEngine extends Pick<Engine, 'answer'> {
  /** Whether the registered operations have been prepared, where that is waited for. */
  readonly isWarm: boolean
  /** Prepares the registered operations. What cannot be prepared is logged, and keeps nobody from being served. */
  warm(): Promise<void>
  /**
   * Builds an engine for another graph, warms it, and asks it from then on. What is under way ends on the old one, whose graph
   * is released with the last of it. One swap at a time.
   * @throws UnusableSupergraph where there can be no engine for it: the old one goes on, and nobody has asked anything of the new graph
   */
  swap(graph: Graph): Promise<void>
  /** Works with the graph that is served now, which is not released before that has ended. */
  withGraph<Result>(work: (served: Pick<Generation, 'graph' | 'id'>) => Promise<Result>): Promise<Result>
  /** Ends all engines, whatever is asked of them. */
  stop(): Promise<void>
}

interface CurrentEngineParts extends GatewayDependencies {
  readonly metrics: GatewayMetrics
}

/** @throws UnusableSupergraph where there can be no engine for its supergraph */
export function currentEngine(dependencies: CurrentEngineParts): CurrentEngine {
  const { log, config, metrics } = dependencies
  const stopping = new AbortController()
  const warming = warmingBy({ ...dependencies, signal: stopping.signal })
  const retired = new Map<Generation, Promise<void>>()
  let current = generationFor(dependencies, dependencies)
  let isWarm = config.readyWhenWarm !== true

  async function retirement(old: Generation): Promise<void> {
    try {
      await old.retire()
      log.info({ supergraph: old.id }, 'the last request of a former supergraph has ended')
    } catch (thrown) {
      log.error({ err: asError(thrown), supergraph: old.id }, 'a former supergraph did not end cleanly')
    } finally {
      retired.delete(old)
    }
  }

  return {
    get isWarm() {
      return isWarm
    },
    answer: (request, asker) =>
      current.use(async (generation) => {
        try {
          return await generation.engine.answer(request, asker)
        } finally {
          // The one that was put in its place meanwhile may have kept what this has changed.
          if (generation !== current) current.engine.forgetChangedBy(asker)
        }
      }),
    async warm() {
      await warming.withRegistered(current)
      isWarm = true
    },
    async swap(graph) {
      while (retired.size >= mostRetired) await Promise.race(retired.values())
      const begun = performance.now()
      const next = generationFor(graph, dependencies)
      await warming.beside(current, next)
      if (stopping.signal.aborted) return next.end()
      const old = current
      current = next
      metrics.swapMade((performance.now() - begun) / 1_000)
      log.info({ supergraph: next.id, former: old.id }, 'another supergraph is served')
      retired.set(old, retirement(old))
    },
    withGraph: (work) => current.use(work),
    async stop() {
      stopping.abort()
      await Promise.all([current, ...retired.keys()].map((generation) => generation.end()))
    },
  }
}

function generationFor({ supergraphSdl, subgraphs, release }: Graph, parts: CurrentEngineParts): Generation {
  const graph = { supergraphSdl, subgraphs, ...(release && { release }) }
  try {
    return generationOf(createEngine({ ...parts, ...graph }), graph)
  } catch (cause) {
    parts.metrics.swapRefused('unusable')
    throw new UnusableSupergraph(asError(cause).message, { cause })
  }
}
