/** Where JSON is written: byte by byte, since a string for each value costs more than the bytes. */
export interface Sink {
  bytes: Buffer
  /** How many of them are written; what is behind a place is taken back by going there. */
  length: number
}

const usualSize = 65_536

export function createSink(): Sink {
  return { bytes: Buffer.allocUnsafe(usualSize), length: 0 }
}

/** Takes what was written, and empties the sink. */
export function drained(sink: Sink): Buffer {
  const taken = Buffer.from(sink.bytes.subarray(0, sink.length))
  sink.length = 0
  // One answer that was large does not hold its memory for ever.
  if (sink.bytes.length > 16 * usualSize) sink.bytes = Buffer.allocUnsafe(usualSize)
  return taken
}

/** Makes room for so many bytes more. */
function reserve(sink: Sink, count: number): void {
  const needed = sink.length + count
  if (needed <= sink.bytes.length) return
  const larger = Buffer.allocUnsafe(Math.max(needed, 2 * sink.bytes.length))
  larger.set(sink.bytes.subarray(0, sink.length))
  sink.bytes = larger
}

export function writeByte(sink: Sink, byte: number): void {
  reserve(sink, 1)
  sink.bytes[sink.length] = byte
  sink.length += 1
}

/** For the few bytes of a name, a loop is quicker than a copy. */
export function writeBytes(sink: Sink, written: Uint8Array): void {
  const { length } = written
  reserve(sink, length)
  const { bytes } = sink
  let to = sink.length
  for (let at = 0; at < length; at += 1, to += 1) bytes[to] = written[at] ?? 0
  sink.length = to
}

/** JSON, whatever it holds. */
export function writeJson(sink: Sink, json: string): void {
  reserve(sink, 3 * json.length)
  sink.length += sink.bytes.write(json, sink.length)
}

/** Most are small: what they are as a text need not be made. */
export function writeInteger(sink: Sink, value: number): void {
  if (value < 0 || value > 999_999_999) {
    writeJson(sink, JSON.stringify(value))
    return
  }
  reserve(sink, 9)
  const { bytes } = sink
  let power = 1
  while (power * 10 <= value) power *= 10
  for (let rest = value; power >= 1; power /= 10) {
    bytes[sink.length] = zero + Math.floor(rest / power)
    rest %= power
    sink.length += 1
  }
}

const zero = 48
const quote = 34
const backslash = 92

/** A text as a string of JSON, in UTF-8. */
export function writeString(sink: Sink, text: string): void {
  const { length } = text
  reserve(sink, 3 * length + 2)
  const { bytes } = sink
  let to = sink.length
  bytes[to] = quote
  to += 1
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at)
    // What has to be escaped, and what may have half a pair.
    if (code < 32 || code === quote || code === backslash || (code >= 0xd800 && code < 0xe000)) {
      writeJson(sink, JSON.stringify(text))
      return
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
  sink.length = to + 1
}
