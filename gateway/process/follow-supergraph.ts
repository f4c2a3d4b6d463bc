import { ConfigError } from '../../platform/config.ts'
import { asError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Gateway } from '../gateway.ts'
import { UnusableSupergraph } from '../supergraph.ts'
import { openGraph, type GraphSource, type OpenGraph } from './graph-source.ts'
import { inTurn } from './in-turn.ts'
import { unusable } from './supergraph-file.ts'
import { watchedPath } from './watched-path.ts'

/** Milliseconds without a change after which a file is read: whoever writes it, or several files, is done by then. */
const settled = 150

interface FollowParts {
  readonly source: GraphSource
  readonly gateway: Pick<Gateway, 'swap' | 'metrics'>
  /** The graph that the gateway has begun with. */
  readonly served: OpenGraph
  /** Called when another one is served. */
  onServed(graph: OpenGraph): void
  readonly log: Logger
}

export interface Following {
  /** Reads the file, whether it seems to have changed or not. */
  look(): Promise<void>
  stop(): void
}

/**
 * Serves the graph that its file holds, whenever that becomes another one: when the file changes, or at SIGHUP. A file that cannot be
 * served is logged, and what is served goes on.
 */
export async function followSupergraph({ source, gateway, onServed, log, ...parts }: FollowParts): Promise<Following> {
  const { file } = source
  let { served } = parts
  let refused: string | undefined
  let waiting: NodeJS.Timeout | undefined
  let isStopped = false
  const look = inTurn(lookOnce)
  const watched = watchedPath(file.path, { onChange: lookSoon, log })
  process.on('SIGHUP', lookNow)
  await look()

  async function serveWhatIsThere(): Promise<void> {
    // Before it is read: what changes afterwards is noticed.
    await watched.follow()
    const graph = await opened(source, gateway.metrics)
    if (graph.supergraphSdl === served.supergraphSdl || isStopped) return graph.release()
    try {
      await gateway.swap(graph)
    } catch (thrown) {
      await graph.release()
      throw thrown instanceof UnusableSupergraph ? unusable(file, thrown) : thrown
    }
    served = graph
    onServed(graph)
  }

  async function lookOnce(): Promise<void> {
    if (isStopped) return
    try {
      await serveWhatIsThere()
      refused = undefined
    } catch (thrown) {
      const { reason, ...details } = reasonOf(thrown)
      // Several changes may lead to one file, which is as wrong as it was.
      if (refused !== reason) log.error(details, `the supergraph is not taken, the former one is served: ${reason}`)
      refused = reason
    }
  }

  function lookSoon(): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => void look(), settled)
  }

  function lookNow(): void {
    log.info('SIGHUP: the supergraph is read again')
    refused = undefined
    void look()
  }

  return {
    look,
    stop() {
      isStopped = true
      clearTimeout(waiting)
      process.off('SIGHUP', lookNow)
      watched.close()
    },
  }
}

async function opened(source: GraphSource, metrics: Gateway['metrics']): Promise<OpenGraph> {
  try {
    return await openGraph(source)
  } catch (thrown) {
    metrics.swapRefused('unreadable')
    throw thrown
  }
}

/** Where the file is what is wrong, the stack helps nobody. */
function reasonOf(thrown: unknown): { readonly reason: string; readonly err?: Error } {
  const err = asError(thrown)
  return { reason: err.message, ...(!(err instanceof ConfigError) && { err }) }
}
