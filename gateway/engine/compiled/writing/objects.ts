import { generated, reading } from '../generated.ts'
import { readingField, type Fields } from '../fields.ts'
import { isLost, under } from './holes.ts'
import { reserve, writeByte, writeBytes, type Sink } from './sink.ts'
import type { WriteValue } from './write-value.ts'

/** A field of an object, as it was fetched and as it is written. */
export interface WrittenField {
  /** What it was fetched under. */
  readonly key: string
  readonly clientName: string
  readonly write: WriteValue
}

/** As `WriteValue`, of what is known to be an object. */
export type WriteFields = (sink: Sink, at: number, object: Fields) => number

/** Writes these fields of an object, in code that all share. */
export function writingFieldsPlainly(fields: readonly WrittenField[]): WriteFields {
  const beginnings = beginningsOf(fields)
  const all = fields.map((field, place) => ({
    ...field,
    beginning: beginnings[place] ?? Buffer.of(),
    read: readingField(field.key),
  }))
  const empty = Buffer.from('{}')
  const [, closing = 0] = empty
  return (sink, at, object) => {
    if (all.length === 0) return writeBytes(sink, at, empty)
    const { holes } = sink
    let end = at
    for (const { beginning, clientName, read, write } of all) {
      const known = holes.length
      end = write(sink, writeBytes(sink, end, beginning), read(object))
      if (holes.length !== known) under(clientName, sink, known)
      if (end === isLost) return isLost
    }
    return writeByte(sink, end, closing)
  }
}

function beginningsOf(fields: readonly WrittenField[]): Buffer[] {
  return fields.map(({ clientName }, place) => Buffer.from(`${place === 0 ? '{' : ','}${JSON.stringify(clientName)}:`))
}

/** A client may call a field by a name that would make long code. */
const mostInCode = 64

/** Writes these fields of an object, in code of its own. */
export function writingFields(fields: readonly WrittenField[]): WriteFields {
  const beginnings = beginningsOf(fields)
  const [opening, closing] = Buffer.from('{}')
  const code = fields.map(
    ({ key }, place) => `
      ${beginningCode(place, beginnings[place])}
      known = holes.length
      at = write${place}(sink, at, ${reading('object', key)})
      if (holes.length !== known) under(fields[${place}].clientName, sink, known)
      if (at < 0) return at`,
  )
  return generated<WriteFields>(
    `${fields.map((_field, place) => `const write${place} = fields[${place}].write`).join('\n')}
    return (sink, at, object) => {
      const { holes } = sink
      let known, view
      ${fields.length === 0 ? `at = writeByte(sink, at, ${opening})` : code.join('')}
      return writeByte(sink, at, ${closing})
    }`,
    { fields, beginnings, reserve, writeByte, writeBytes, under },
  )
}

const atOnce = 4

/** Code that writes the comma, the name and the colon, four bytes at once; the last four may be some of those before too. */
function beginningCode(place: number, bytes: Uint8Array = Buffer.of()): string {
  const { length } = bytes
  if (length > mostInCode) return `at = writeBytes(sink, at, beginnings[${place}])`
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  const starts = Array.from({ length: Math.ceil(length / atOnce) }, (_, index) =>
    Math.min(index * atOnce, length - atOnce),
  )
  const stores = starts.map((start) => `view.setUint32(at + ${start}, ${view.getUint32(start)})`)
  return [`reserve(sink, at + ${length})`, 'view = sink.view', ...stores, `at += ${length}`].join('\n')
}
