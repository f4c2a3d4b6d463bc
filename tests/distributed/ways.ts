import { proxyTo, type TcpProxy } from '../support/tcp-proxy.ts'

export interface Way {
  /** Who goes it: `cart`. */
  readonly from: string
  /** What names where it leads to: `REDIS_URL`, `SUBGRAPH_URL_CART`. */
  readonly by: string
}

/** `cut`: what is open is reset, and nothing can be opened. `silence`: nothing arrives, and nobody is told. */
export type Interruption = 'cut' | 'silence'

/** Every way between two processes, each by a proxy of its own. */
export interface Ways {
  /** Puts the proxy in: the `between` of a distributed Souk. */
  between(part: string, variable: string, url: string): Promise<string>
  readonly all: readonly Way[]
  /** Interrupts those that are chosen. Returns how to mend them. */
  interrupt(chosen: (way: Way) => boolean, how?: Interruption): () => void
  close(): Promise<void>
}

export function waysBetween(): Ways {
  const ways: (Way & { readonly proxy: TcpProxy })[] = []
  return {
    all: ways,
    async between(from, by, url) {
      const far = new URL(url)
      const proxy = await proxyTo(Number(far.port))
      ways.push({ from, by, proxy })
      far.hostname = '127.0.0.1'
      far.port = String(proxy.port)
      return far.toString()
    },
    interrupt(chosen, how = 'cut') {
      const interrupted = ways.filter(chosen)
      if (interrupted.length === 0) throw new Error('there is no such way')
      for (const { proxy } of interrupted) proxy[how]()
      return () => {
        for (const { proxy } of interrupted) proxy.mend()
      }
    },
    async close() {
      await Promise.all(ways.map(({ proxy }) => proxy.close()))
    },
  }
}
