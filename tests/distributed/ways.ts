import { proxyTo, type TcpProxy } from '../support/tcp-proxy.ts'

export interface Way {
  /** Who goes it: `cart`. */
  readonly from: string
  /** What names where it leads to: `REDIS_URL`, `SUBGRAPH_URL_CART`. */
  readonly by: string
}

/** Every way between two processes, each by a proxy of its own. */
export interface Ways {
  /** Puts the proxy in: the `between` of a distributed Souk. */
  between(part: string, variable: string, url: string): Promise<string>
  /** Cuts those that are chosen. Returns how to mend them. */
  cut(chosen: (way: Way) => boolean): () => void
  close(): Promise<void>
}

export function waysBetween(): Ways {
  const ways: (Way & { readonly proxy: TcpProxy })[] = []
  return {
    async between(from, by, url) {
      const far = new URL(url)
      const proxy = await proxyTo(Number(far.port))
      ways.push({ from, by, proxy })
      far.hostname = '127.0.0.1'
      far.port = String(proxy.port)
      return far.toString()
    },
    cut(chosen) {
      const cut = ways.filter(chosen)
      if (cut.length === 0) throw new Error('there is no such way')
      for (const { proxy } of cut) proxy.cut()
      return () => {
        for (const { proxy } of cut) proxy.mend()
      }
    },
    async close() {
      await Promise.all(ways.map(({ proxy }) => proxy.close()))
    },
  }
}
