import { doneWithin } from '../work/deadline.ts'

/** Lets a request wait for a change of its subgraph's own database, made by this process or another. */
export interface Notifications {
  /**
   * Looks at once, and again after each notification of `key`, until it has seen enough or the time is over.
   * @returns what it saw last
   */
  until<Seen>(key: string, wait: Wait<Seen>): Promise<Seen>
  /** Listens from now on; nothing is noticed before. */
  listen(): Promise<{ stop(): Promise<void> }>
}

export interface Wait<Seen> {
  look(): Promise<Seen>
  enough(seen: Seen): boolean
  /** Milliseconds. */
  readonly atMost: number
}

/** The part of it that no driver knows: who waits for which key in this process. */
export interface Waiters extends Pick<Notifications, 'until'> {
  notify(key: string): void
  /** Notifications may have been missed: everybody looks again. */
  notifyAll(): void
}

export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>()

  function nextOf(key: string) {
    const listeners = waiting.get(key) ?? new Set()
    waiting.set(key, listeners)
    let listener: () => void = () => undefined
    const came = new Promise<void>((resolve) => {
      listener = resolve
      listeners.add(listener)
    })
    const stop = () => {
      listeners.delete(listener)
      if (listeners.size === 0) waiting.delete(key)
    }
    return { came, stop }
  }

  return {
    async until(key, { look, enough, atMost }) {
      const end = performance.now() + atMost
      for (;;) {
        // Begun before looking, so that a notification in between is not missed.
        const notification = nextOf(key)
        try {
          const seen = await look()
          const left = end - performance.now()
          if (enough(seen) || left <= 0) return seen
          await doneWithin(left, () => notification.came)
        } finally {
          notification.stop()
        }
      }
    },
    notify(key) {
      for (const wake of waiting.get(key) ?? []) wake()
    },
    notifyAll() {
      for (const wake of [...waiting.values()].flatMap((listeners) => [...listeners])) wake()
    },
  }
}
