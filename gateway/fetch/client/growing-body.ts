import { UnreadableAnswer } from './answer-head.ts'

const firstSize = 16_384
const none = Buffer.alloc(0)

/** A body that comes in pieces, in one place: a list of pieces could be of a byte each. */
export class GrowingBody {
  readonly #largest: number
  #bytes: Buffer = none
  #length = 0

  /** @param largest bytes at most */
  constructor(largest: number) {
    this.#largest = largest
  }

  get isEmpty(): boolean {
    return this.#length === 0
  }

  /** @throws UnreadableAnswer where so many bytes are too many */
  requireFits(size: number): void {
    if (size <= this.#largest) return
    throw new UnreadableAnswer(`its answer is larger than ${this.#largest} bytes`, { isTooLarge: true })
  }

  /** Copies the bytes. @throws UnreadableAnswer where it grows too long */
  add(piece: Buffer): void {
    const needed = this.#length + piece.length
    this.requireFits(needed)
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, firstSize, 2 * this.#bytes.length))
      this.#bytes.copy(larger, 0, 0, this.#length)
      this.#bytes = larger
    }
    piece.copy(this.#bytes, this.#length)
    this.#length = needed
  }

  /** What has come, as text; it is empty then. */
  take(): string {
    const text = this.#bytes.toString('utf8', 0, this.#length)
    this.#bytes = none
    this.#length = 0
    return text
  }
}
