/** Lets a request wait for something that is about to become true elsewhere. */
export interface Waiter {
  /** Resolves true as soon as `holds` does, false when it does not within `atMost` milliseconds. Asks at first and after each `wake`. */
  until(holds: () => Promise<boolean>, atMost: number): Promise<boolean>
  /** Something has changed: everybody who waits looks again. */
  wake(): void
}

export function createWaiter(): Waiter {
  const waiting = new Set<() => void>()

  function nextWake(atMost: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        waiting.delete(done)
        resolve()
      }
      const timer = setTimeout(done, atMost)
      waiting.add(done)
    })
  }

  return {
    async until(holds, atMost) {
      const deadline = performance.now() + atMost
      for (;;) {
        // Begun before looking, so that news in between is not missed.
        const woken = nextWake(Math.max(0, deadline - performance.now()))
        if (await holds()) return true
        if (performance.now() >= deadline) return false
        await woken
      }
    },
    wake() {
      for (const wakeUp of waiting) wakeUp()
    },
  }
}
