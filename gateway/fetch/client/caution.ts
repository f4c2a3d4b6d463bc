/** Milliseconds. */
const shortest = 10_000
const longest = 300_000

/**
 * Whether a server is sent one request a connection, since it has kept others waiting behind one. Twice as long each time that it
 * does so again soon after: of a server that always does, hardly anybody waits for others. Moments are those of `performance.now()`.
 */
export class Caution {
  #until = 0
  #length = 0

  isOn(now: number): boolean {
    return now < this.#until
  }

  /** Others have waited. What was sent before it began says nothing new. */
  begin(now: number): void {
    if (this.isOn(now)) return
    const isSoon = now - this.#until < this.#length
    this.#length = isSoon ? Math.min(2 * this.#length, longest) : shortest
    this.#until = now + this.#length
  }
}
