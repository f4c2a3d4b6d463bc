import { UnreadableAnswer } from './answer-head.ts'

/** A body that comes in pieces, in one place: a list of pieces could be of a byte each. */
export interface GrowingBody {
  readonly isEmpty: boolean
  /** Says how long it will be, and gives that. @throws UnreadableAnswer where that is too long */
  expect(length: number): number
  /** Copies the bytes. @throws UnreadableAnswer where it grows too long */
  add(bytes: Buffer): void
  /** What has come, as text; it is empty then. */
  take(): string
}

const firstSize = 16_384

export function growingBody(largest: number): GrowingBody {
  const none = Buffer.alloc(0)
  let bytes: Buffer = none
  let length = 0

  function requireFits(size: number): void {
    if (size > largest) throw new UnreadableAnswer(`its answer is larger than ${largest} bytes`, { isTooLarge: true })
  }

  return {
    get isEmpty() {
      return length === 0
    },
    expect(expected) {
      requireFits(expected)
      return expected
    },
    add(piece) {
      const needed = length + piece.length
      requireFits(needed)
      if (needed > bytes.length) {
        const larger = Buffer.allocUnsafe(Math.max(needed, firstSize, 2 * bytes.length))
        bytes.copy(larger, 0, 0, length)
        bytes = larger
      }
      piece.copy(bytes, length)
      length = needed
    },
    take() {
      const text = bytes.toString('utf8', 0, length)
      bytes = none
      length = 0
      return text
    },
  }
}
