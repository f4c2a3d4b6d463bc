/** What requests wait for; said in the orders' own database, so that every replica hears of it. */

/** There is another version of the user's cart. */
export const newsOfCart = (userId: string) => `cart:${userId}`

/** The order has been rejected or cancelled. */
export const newsOfOrder = (orderId: string) => `order:${orderId}`

/** Lets a request wait for something that is about to be written, by this process or another. */
export interface News {
  /**
   * Looks at once, and again after each news of `key`, until it has seen enough or the time is over.
   * @returns what it saw last
   */
  until<Seen>(key: string, wait: Wait<Seen>): Promise<Seen>
  tell(key: string): void
  /** News may have been missed: everybody looks again. */
  tellAll(): void
}

export interface Wait<Seen> {
  look(): Promise<Seen>
  enough(seen: Seen): boolean
  /** Milliseconds. */
  readonly atMost: number
}

export function createNews(): News {
  const waiting = new Map<string, Set<() => void>>()

  function listenFor(key: string, atMost: number) {
    const listeners = waiting.get(key) ?? new Set()
    waiting.set(key, listeners)
    const over = new AbortController()
    const heard = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, atMost)
      listeners.add(resolve)
      over.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        listeners.delete(resolve)
        if (listeners.size === 0) waiting.delete(key)
      })
    })
    return { heard, stop: () => over.abort() }
  }

  return {
    async until(key, { look, enough, atMost }) {
      const end = performance.now() + atMost
      for (;;) {
        // Begun before looking, so that news in between is not missed.
        const news = listenFor(key, end - performance.now())
        try {
          const seen = await look()
          if (enough(seen) || performance.now() >= end) return seen
          await news.heard
        } finally {
          news.stop()
        }
      }
    },
    tell(key) {
      for (const wake of waiting.get(key) ?? []) wake()
    },
    tellAll() {
      for (const wake of [...waiting.values()].flatMap((listeners) => [...listeners])) wake()
    },
  }
}
