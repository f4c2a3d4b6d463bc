/** Where JSON is written: byte by byte, since a string for each value costs more than the bytes. */
export interface Sink {
  bytes: Buffer
  /** The same bytes, for what writes four at once. */
  view: DataView
  /** What was found missing in what is being written, as `holes.ts` has it: paths from the inside out. */
  holes: (string | number)[][]
}

const usualSize = 65_536

export function createSink(): Sink {
  return { ...room(usualSize), holes: [] }
}

function room(size: number): Pick<Sink, 'bytes' | 'view'> {
  const bytes = Buffer.allocUnsafe(size)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, size) }
}

/** Takes what was written, up to its end. */
export function drained(sink: Sink, end: number): Buffer {
  const taken = Buffer.from(sink.bytes.subarray(0, end))
  // One answer that was large does not hold its memory for ever.
  if (sink.bytes.length > 16 * usualSize) Object.assign(sink, room(usualSize))
  return taken
}

/** Makes room up to an end. All that writes below does so itself; what is there already stays. */
export function reserve(sink: Sink, end: number): void {
  if (end > sink.bytes.length) enlarge(sink, end)
}

function enlarge(sink: Sink, end: number): void {
  const { bytes } = sink
  Object.assign(sink, room(Math.max(end, 2 * bytes.length)))
  sink.bytes.set(bytes)
}

/** Each of these writes at a place, and returns where that ends. */
export function writeByte(sink: Sink, at: number, byte: number): number {
  reserve(sink, at + 1)
  sink.bytes[at] = byte
  return at + 1
}

/** For the few bytes of a name, a loop is quicker than a copy. */
export function writeBytes(sink: Sink, at: number, written: Uint8Array): number {
  const { length } = written
  reserve(sink, at + length)
  const { bytes } = sink
  for (let from = 0; from < length; from += 1) bytes[at + from] = written[from] ?? 0
  return at + length
}

/** JSON, whatever it holds. */
export function writeJson(sink: Sink, at: number, json: string): number {
  reserve(sink, at + 3 * json.length)
  return at + sink.bytes.write(json, at)
}

const zero = 48
const quote = 34
const backslash = 92

/** Most are small: what they are as a text need not be made. */
export function writeInteger(sink: Sink, at: number, value: number): number {
  if (value < 0 || value > 999_999_999) return writeJson(sink, at, JSON.stringify(value))
  reserve(sink, at + 9)
  const { bytes } = sink
  let end = at + 1
  for (let power = 10; power <= value; power *= 10) end += 1
  let rest = value | 0
  for (let to = end - 1; to >= at; to -= 1) {
    const more = (rest / 10) | 0
    bytes[to] = zero + rest - 10 * more
    rest = more
  }
  return end
}

/** A text as a string of JSON, in UTF-8. */
export function writeString(sink: Sink, at: number, text: string): number {
  const { length } = text
  reserve(sink, at + 3 * length + 2)
  const { bytes } = sink
  let to = at
  bytes[to] = quote
  to += 1
  for (let from = 0; from < length; from += 1) {
    const code = text.charCodeAt(from)
    // What has to be escaped, and what may have half a pair.
    if (code < 32 || code === quote || code === backslash || (code >= 0xd800 && code < 0xe000)) {
      return writeJson(sink, at, JSON.stringify(text))
    }
    if (code < 0x80) {
      bytes[to] = code
      to += 1
    } else if (code < 0x800) {
      bytes[to] = 0xc0 | (code >> 6)
      bytes[to + 1] = 0x80 | (code & 0x3f)
      to += 2
    } else {
      bytes[to] = 0xe0 | (code >> 12)
      bytes[to + 1] = 0x80 | ((code >> 6) & 0x3f)
      bytes[to + 2] = 0x80 | (code & 0x3f)
      to += 3
    }
  }
  bytes[to] = quote
  return to + 1
}
