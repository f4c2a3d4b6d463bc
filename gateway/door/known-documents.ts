import { LRUCache } from 'lru-cache'

import { isJsonObject, type JsonObject } from '../http/json-object.ts'
import { placeOfDocument, type Place } from './place-of-document.ts'
import type { ReadJson } from './read-json.ts'

/** A document as it was sent, and as it was read. */
interface Document {
  readonly bytes: Buffer
  readonly text: string
}

/** Bytes of all documents that are known, and what each takes beside its own. */
const allBytes = 8 * 1_048_576
const bytesOfDocument = 300

/** Bytes of one document: a shorter one is read as fast, a longer one is nobody's who asks often. */
const shortest = 400
const longest = 131_072

/**
 * Reads bodies as `read` does, in less time where a body holds a document that was asked lately: of that the bytes are compared, and the
 * rest is read. Each time the same string is given, of which the engine of JavaScript knows the hash already.
 *
 * It takes a body apart only where that comes to the same as to read it whole, and leaves whatever else to `read`.
 */
export function knowingDocuments(read: ReadJson): ReadJson {
  // By a sample of its bytes, one of each: whoever has others of the same sample read makes them slower, and nothing else.
  const known = new LRUCache<number, Document>({ maxSize: allBytes })

  function learn(body: Buffer, { start, end }: Place, text: unknown): void {
    if (typeof text !== 'string' || end - start > longest) return
    // A copy that holds on to nothing of the body.
    const bytes = Buffer.from(Uint8Array.from(body.subarray(start, end)).buffer)
    // The place may be that of something else.
    if (read(bytes) !== text) return
    known.set(sampleOf(bytes, 0, bytes.length), { bytes, text }, { size: 3 * bytes.length + bytesOfDocument })
  }

  return (body) => {
    const place = placeOfDocument(body, shortest)
    if (place === undefined) return read(body)
    const { start, end } = place
    const document = known.get(sampleOf(body, start, end))
    if (document?.bytes.compare(body, start, end) === 0) {
      const members = membersBeside(body, place, read)
      if (members !== undefined) {
        members.query = document.text
        return members
      }
    }
    const whole = read(body)
    if (isJsonObject(whole)) learn(body, place, whole.query)
    return whole
  }
}

const samples = 32

/** A number that hardly two documents have in common: of the length, and of bytes here and there. */
function sampleOf(bytes: Buffer, start: number, end: number): number {
  const length = end - start
  const step = Math.max(1, Math.floor(length / samples))
  let sample = length
  for (let at = start; at < end; at += step) sample = (Math.imul(sample, 31) + (bytes[at] ?? 0)) | 0
  return sample
}

const open = Buffer.from('{')
const close = Buffer.from('}')
const comma = 0x2c

/**
 * What a body says beside its document; undefined where it may be said otherwise. Where what is before the document is an object with
 * members as soon as it is closed, the document is a member of that, and none of another object or a part of another string.
 */
function membersBeside(body: Buffer, { name, end }: Place, read: ReadJson): JsonObject | undefined {
  const isFirst = name === 1 && body[0] === open[0]
  const isLast = body[end] === close[0] && end + 1 === body.length
  if (!isLast && body[end] !== comma) return undefined
  if (isFirst) return isLast ? {} : membersIn([open, body.subarray(end + 1)], read)
  if (body[name - 1] !== comma) return undefined
  const before = body.subarray(0, name - 1)
  if (!isLast && membersIn([before, close], read) === undefined) return undefined
  return membersIn([before, body.subarray(end)], read)
}

/** Undefined where there are none, so that a comma has nothing beside it; and where the document is one of two. */
function membersIn(parts: readonly Buffer[], read: ReadJson): JsonObject | undefined {
  try {
    const members = read(Buffer.concat(parts))
    return isJsonObject(members) && Object.keys(members).length > 0 && !Object.hasOwn(members, 'query')
      ? members
      : undefined
  } catch {
    // It is for the whole to say why.
    return undefined
  }
}
