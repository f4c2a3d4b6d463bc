import { answerHead, UnreadableAnswer, type AnswerHead } from './answer-head.ts'
import { growingBody } from './growing-body.ts'

interface ReaderParts {
  /** Bytes of a body at most. */
  readonly largest: number
  /** Called with the head of each answer; where it gives false, nothing more is read. */
  onHead(head: AnswerHead): boolean
  /** Called with all of a body, as text. */
  onBody(text: string, head: AnswerHead): void
}

/** Reads the answers that come over one connection, one after the other, however they are cut into pieces. */
export interface AnswerReader {
  /** The bytes are the caller's again when it returns. @throws UnreadableAnswer */
  read(bytes: Buffer): void
  /** Whether nothing has come of an answer that is not complete. */
  readonly isBetween: boolean
  /** Nothing follows. What ends there and nowhere else is complete. */
  end(): void
}

/** Bytes of a head at most, with those of what stands before it and behind the last chunk. */
const largestHead = 16_384
/** Bytes of the line before a chunk: its size, and extensions that nobody reads. */
const largestLine = 1_024

/** Takes what it can use from a place on, and says up to where that was; undefined where more is needed. */
type Step = (bytes: Buffer, from: number) => number | undefined

export function answerReader({ largest, onHead, onBody }: ReaderParts): AnswerReader {
  /** What has come of something that is read as a whole. */
  let held: Buffer | undefined
  let step: Step = readHead
  let head: AnswerHead | undefined
  /** Bytes that are left of the body, or of a chunk; and those of all trailers. */
  let left = 0
  const body = growingBody(largest)

  function readHead(bytes: Buffer, from: number): number | undefined {
    const end = bytes.indexOf('\r\n\r\n', from, 'latin1')
    const length = (end < 0 ? bytes.length : end) - from
    if (length > largestHead) throw new UnreadableAnswer('the head of its answer is too large')
    if (end < 0) {
      requireBeginning(bytes.toString('latin1', from, from + beginning.length))
      return undefined
    }
    begin(answerHead(bytes.toString('latin1', from, end)))
    return end + 4
  }

  function begin(read: AnswerHead): void {
    if (read.status === 101) throw new UnreadableAnswer('it speaks another protocol from here on')
    // Says that an answer will come, or what will be in it.
    if (read.status < 200) return
    head = read
    if (!onHead(read)) {
      step = overlook
      return
    }
    if (read.body === 'chunked') step = readSize
    else if (read.body === 'until the end') step = readAll
    else if (read.body === 0) finish('')
    else {
      left = body.expect(read.body)
      step = readLength
    }
  }

  function finish(text: string): void {
    const finished = head
    head = undefined
    step = readHead
    if (finished !== undefined) onBody(text, finished)
  }

  function readLength(bytes: Buffer, from: number): number {
    const to = Math.min(bytes.length, from + left)
    // Nearly always all of it is there: then it is not copied.
    if (body.isEmpty && to - from === left) {
      finish(bytes.toString('utf8', from, to))
      return to
    }
    left -= to - from
    body.add(bytes.subarray(from, to))
    if (left === 0) finish(body.take())
    return to
  }

  function readAll(bytes: Buffer, from: number): number {
    body.add(bytes.subarray(from))
    return bytes.length
  }

  function readSize(bytes: Buffer, from: number): number | undefined {
    const end = endOfLine(bytes, from, largestLine)
    if (end === undefined) return undefined
    const [, size] =
      /^([\da-f]{1,8})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/i.exec(bytes.toString('latin1', from, end)) ?? []
    if (size === undefined) throw new UnreadableAnswer('a chunk of its answer has no size')
    left = Number.parseInt(size, 16)
    step = left === 0 ? readTrailer : readChunk
    if (left === 0) left = largestHead
    return end + 2
  }

  function readChunk(bytes: Buffer, from: number): number | undefined {
    if (left === 0) return endChunk(bytes, from)
    const to = Math.min(bytes.length, from + left)
    left -= to - from
    body.add(bytes.subarray(from, to))
    return to
  }

  function endChunk(bytes: Buffer, from: number): number | undefined {
    if (bytes.length - from < 2) return undefined
    if (bytes.toString('latin1', from, from + 2) !== '\r\n') {
      throw new UnreadableAnswer('a chunk of its answer is longer than it says')
    }
    step = readSize
    return from + 2
  }

  function readTrailer(bytes: Buffer, from: number): number | undefined {
    const end = endOfLine(bytes, from, left)
    if (end === undefined) return undefined
    left -= end + 2 - from
    if (end === from) finish(body.take())
    return end + 2
  }

  return {
    read(bytes) {
      const all = held === undefined ? bytes : Buffer.concat([held, bytes])
      held = undefined
      for (let at = 0; at < all.length;) {
        const next = step(all, at)
        if (next === undefined) {
          held = Buffer.from(all.subarray(at))
          return
        }
        at = next
      }
    },
    get isBetween() {
      return step === readHead && held === undefined
    },
    end() {
      if (step === readAll) finish(body.take())
    },
  }
}

const beginning = 'HTTP/1.'

/** Who speaks something else is not waited for. */
function requireBeginning(text: string): void {
  if (!beginning.startsWith(text)) throw new UnreadableAnswer('what it answers is not HTTP/1.1')
}

function overlook(bytes: Buffer): number {
  return bytes.length
}

/** @throws UnreadableAnswer where it is longer than that */
function endOfLine(bytes: Buffer, from: number, longest: number): number | undefined {
  const end = bytes.indexOf('\r\n', from, 'latin1')
  if ((end < 0 ? bytes.length : end) - from > longest) throw new UnreadableAnswer('a line of its answer is too long')
  return end < 0 ? undefined : end
}
