import { answerHead, UnreadableAnswer, type AnswerHead } from './answer-head.ts'
import { GrowingBody } from './growing-body.ts'

interface ReaderParts {
  /** Bytes of a body at most. */
  readonly largest: number
  /** Called with each head, also with one that only says that an answer will come; where it gives false, nothing more is read. */
  onHead(head: AnswerHead): boolean
  /** Called with all of a body, as text. */
  onBody(text: string, head: AnswerHead): void
}

/** Bytes of a head at most, and of what stands behind the last chunk. */
const largestHead = 16_384
/** Bytes of the line before a chunk: its size, and extensions that nobody reads. */
const largestLine = 1_024

/** What comes next. */
type Step = 'head' | 'length' | 'until the end' | 'size' | 'chunk' | 'trailer' | 'nothing'

/** Reads the answers that come over one connection, one after the other, however they are cut into pieces. */
export class AnswerReader {
  readonly #parts: ReaderParts
  readonly #body: GrowingBody
  /** What has come of something that is read as a whole. */
  #held: Buffer | undefined
  #step: Step = 'head'
  #head: AnswerHead | undefined
  /** Bytes that are left of the body, of a chunk, or of what may stand behind the last one. */
  #left = 0

  constructor(parts: ReaderParts) {
    this.#parts = parts
    this.#body = new GrowingBody(parts.largest)
  }

  /** Whether nothing has come of an answer that is not complete. */
  get isBetween(): boolean {
    return this.#step === 'head' && this.#held === undefined
  }

  /** The bytes are the caller's again when it returns. @throws UnreadableAnswer */
  read(bytes: Buffer): void {
    const all = this.#held === undefined ? bytes : Buffer.concat([this.#held, bytes])
    this.#held = undefined
    for (let at = 0; at < all.length;) {
      const next = this.#take(all, at)
      if (next === undefined) {
        this.#held = Buffer.from(all.subarray(at))
        return
      }
      at = next
    }
  }

  /** Nothing follows. What ends there and nowhere else is complete. */
  end(): void {
    if (this.#step === 'until the end') this.#finish(this.#body.take())
  }

  /** Takes what it can use from a place on, and says up to where that was; undefined where more is needed. */
  #take(bytes: Buffer, from: number): number | undefined {
    switch (this.#step) {
      case 'head':
        return this.#readHead(bytes, from)
      case 'length':
        return this.#readLength(bytes, from)
      case 'until the end':
        this.#body.add(bytes.subarray(from))
        return bytes.length
      case 'size':
        return this.#readSize(bytes, from)
      case 'chunk':
        return this.#left === 0 ? this.#endChunk(bytes, from) : this.#readChunk(bytes, from)
      case 'trailer':
        return this.#readTrailer(bytes, from)
      case 'nothing':
        return bytes.length
    }
  }

  #readHead(bytes: Buffer, from: number): number | undefined {
    const end = bytes.indexOf('\r\n\r\n', from, 'latin1')
    const length = (end < 0 ? bytes.length : end) - from
    if (length > largestHead) throw new UnreadableAnswer('the head of its answer is too large')
    if (end < 0) {
      requireBeginning(bytes.toString('latin1', from, from + beginning.length))
      return undefined
    }
    const head = answerHead(bytes.toString('latin1', from, end))
    if (head.status === 101) throw new UnreadableAnswer('it speaks another protocol from here on')
    if (!this.#parts.onHead(head)) this.#step = 'nothing'
    // What is below says that an answer will come, or what will be in it.
    else if (head.status >= 200) this.#begin(head)
    return end + 4
  }

  #begin(head: AnswerHead): void {
    this.#head = head
    if (head.body === 0) {
      this.#finish('')
    } else if (typeof head.body === 'number') {
      this.#body.requireFits(head.body)
      this.#left = head.body
      this.#step = 'length'
    } else {
      this.#step = head.body === 'chunked' ? 'size' : head.body
    }
  }

  #finish(text: string): void {
    const head = this.#head
    this.#head = undefined
    this.#step = 'head'
    if (head !== undefined) this.#parts.onBody(text, head)
  }

  #readLength(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + this.#left)
    // Nearly always all of it is there: then it is not copied.
    if (this.#body.isEmpty && to - from === this.#left) {
      this.#finish(bytes.toString('utf8', from, to))
      return to
    }
    this.#left -= to - from
    this.#body.add(bytes.subarray(from, to))
    if (this.#left === 0) this.#finish(this.#body.take())
    return to
  }

  #readSize(bytes: Buffer, from: number): number | undefined {
    const end = endOfLine(bytes, from, largestLine)
    if (end === undefined) return undefined
    this.#left = sizeOf(bytes.toString('latin1', from, end))
    this.#step = this.#left === 0 ? 'trailer' : 'chunk'
    if (this.#left === 0) this.#left = largestHead
    return end + 2
  }

  #readChunk(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + this.#left)
    this.#left -= to - from
    this.#body.add(bytes.subarray(from, to))
    return to
  }

  #endChunk(bytes: Buffer, from: number): number | undefined {
    if (bytes.length - from < 2) return undefined
    if (bytes.toString('latin1', from, from + 2) !== '\r\n') {
      throw new UnreadableAnswer('a chunk of its answer is longer than it says')
    }
    this.#step = 'size'
    return from + 2
  }

  #readTrailer(bytes: Buffer, from: number): number | undefined {
    const end = endOfLine(bytes, from, this.#left)
    if (end === undefined) return undefined
    this.#left -= end + 2 - from
    if (end === from) this.#finish(this.#body.take())
    return end + 2
  }
}

const beginning = 'HTTP/1.'

/** Who speaks something else is not waited for. */
function requireBeginning(text: string): void {
  if (!beginning.startsWith(text)) throw new UnreadableAnswer('what it answers is not HTTP/1.1')
}

/** The size of a chunk, by the line before it. */
function sizeOf(line: string): number {
  const [, size] = /^([\da-f]{1,8})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i.exec(line) ?? []
  if (size === undefined) throw new UnreadableAnswer('a chunk of its answer has no size')
  return Number.parseInt(size, 16)
}

/** @throws UnreadableAnswer where it is longer than that */
function endOfLine(bytes: Buffer, from: number, longest: number): number | undefined {
  const end = bytes.indexOf('\r\n', from, 'latin1')
  if ((end < 0 ? bytes.length : end) - from > longest) throw new UnreadableAnswer('a line of its answer is too long')
  return end < 0 ? undefined : end
}
