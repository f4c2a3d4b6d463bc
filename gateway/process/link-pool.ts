import type { Logger } from '../../platform/telemetry/logging.ts'
import { httpSubgraph, type HttpSubgraph } from '../fetch/http/http-subgraph.ts'

interface PoolParts {
  readonly deadline: number
  readonly log: Logger
  readonly probe: 'paths' | 'operation'
}

export interface OpenLinks {
  readonly subgraphs: ReadonlyMap<string, HttpSubgraph>
  /** Closes those that nobody else has open. */
  release(): Promise<void>
}

/** Links to subgraphs, each of which supergraphs that follow each other share while it answers at the same addresses. */
export interface LinkPool {
  /** @param urls where each subgraph answers, by its name */
  open(urls: ReadonlyMap<string, readonly string[]>): OpenLinks
  close(): Promise<void>
}

interface Held {
  readonly link: HttpSubgraph
  holders: number
}

/** A link that is kept keeps its connections, and what its circuit breaker knows. */
export function linkPool(parts: PoolParts): LinkPool {
  const held = new Map<string, Held>()

  function hold(name: string, urls: readonly string[]): HttpSubgraph {
    const key = keyOf(name, urls)
    const one = held.get(key) ?? { link: httpSubgraph({ ...parts, name, urls }), holders: 0 }
    held.set(key, one)
    one.holders += 1
    return one.link
  }

  async function letGo(key: string): Promise<void> {
    const one = held.get(key)
    if (one === undefined) return
    one.holders -= 1
    if (one.holders > 0) return
    held.delete(key)
    await one.link.close()
  }

  return {
    open(urls) {
      const subgraphs = new Map([...urls].map(([name, addresses]) => [name, hold(name, addresses)]))
      let isReleased = false
      return {
        subgraphs,
        async release() {
          if (isReleased) return
          isReleased = true
          await Promise.all([...urls].map(([name, addresses]) => letGo(keyOf(name, addresses))))
        },
      }
    },
    async close() {
      const links = [...held.values()]
      held.clear()
      await Promise.all(links.map(({ link }) => link.close()))
    },
  }
}

function keyOf(name: string, urls: readonly string[]): string {
  return JSON.stringify([name, ...urls])
}
