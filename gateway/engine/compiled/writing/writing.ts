import type { JsonFields } from '../../../http/json-fields.ts'
import type { Grow } from '../../choices.ts'
import type { Variables } from '../../client-document.ts'
import type { ExecutableOperation, Path } from '../../executor.ts'
import { fieldOf, type Fields } from '../fields.ts'
import { fragmentsOf, type Selecting } from '../selected.ts'
import { isLost, pathsOf, under } from './holes.ts'
import { drained, writeBytes, type Sink } from './sink.ts'
import { fieldsOf } from './values.ts'

/** What the client asked for of what was fetched, by the client's names. */
export interface Written {
  /** Null where something that may not be null is missing, and all above it may not be null either. */
  readonly data: JsonFields | null
  readonly holes: readonly Path[]
  /** The answer that is nothing but the data, as it is sent. */
  readonly answer?: Buffer
}

export type Write = (fetched: Fields) => Written

interface WritingParts extends Pick<Selecting, 'schema'> {
  /** One is enough for all operations, since nothing that writes waits. */
  readonly sink: Sink
  readonly grow: Grow
}

/** Fields of one operation that are written by code of their own: beyond, it takes more to make the code than it saves. */
const mostInCode = 1_000

/** Compiles what writes the answer of an operation, for one choice of the values that `@skip` and `@include` read. */
export function writing(
  operation: ExecutableOperation,
  values: Variables,
  { schema, sink, grow }: WritingParts,
): Write {
  const root = schema.getRootType(operation.operation.operation)
  if (root === undefined || root === null) throw new Error(`the schema has no ${operation.operation.operation}`)
  const { clientNames } = operation
  const room = { fields: mostInCode }
  const parts = { schema, values, clientNames, grow, room, fragments: fragmentsOf(operation) }
  const fields = fieldsOf(root, [operation.operation.selectionSet], parts).map((field, place) => ({
    ...field,
    beginning: Buffer.from(`${place === 0 ? opening : ','}${JSON.stringify(field.clientName)}:`),
  }))
  const closing = Buffer.from(fields.length === 0 ? `${opening}}}` : '}}')
  return (fetched) => {
    const holes: Sink['holes'] = []
    const places: [from: number, to: number][] = []
    sink.holes = holes
    let end = 0
    for (const { key, clientName, beginning, write } of fields) {
      const known = holes.length
      const from = writeBytes(sink, end, beginning)
      end = write(sink, from, fieldOf(fetched, key))
      if (holes.length !== known) under(clientName, sink, known)
      if (end === isLost) return { data: null, holes: pathsOf(holes) }
      places.push([from, end])
    }
    const answer = drained(sink, writeBytes(sink, end, closing))
    const data = new Map(fields.map(({ clientName }, place) => [clientName, answer.subarray(...(places[place] ?? []))]))
    return { data, holes: pathsOf(holes), answer }
  }
}

const opening = '{"data":{'
