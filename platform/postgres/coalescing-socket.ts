import { Socket } from 'node:net'

type Chunk = string | Uint8Array
type Written = (error?: Error | null) => void

/**
 * Sends what is written in one turn of the event loop with one call to the system: statements that go out together then
 * cost as much to send as one does.
 */
export class CoalescingSocket extends Socket {
  #collecting = false

  constructor() {
    super()
    // Connecting puts the plain `write` on the socket itself.
    this.on('connect', () => Reflect.deleteProperty(this, 'write'))
  }

  override write(chunk: Chunk, written?: Written): boolean
  override write(chunk: Chunk, encoding?: BufferEncoding, written?: Written): boolean
  override write(chunk: Chunk, encoding?: BufferEncoding | Written, written?: Written): boolean {
    this.#collect()
    return typeof encoding === 'function' ? super.write(chunk, encoding) : super.write(chunk, encoding, written)
  }

  #collect(): void {
    if (this.#collecting) return
    this.#collecting = true
    this.cork()
    process.nextTick(() => {
      this.#collecting = false
      this.uncork()
    })
  }
}
