import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql'

import type { JsonFields } from '../../http/json-fields.ts'
import type { Grow } from '../choices.ts'
import type { ExecutableOperation, Path } from '../executor.ts'
import type { Variables } from '../client-document.ts'
import { isFields, readingField, type Fields, type ReadField } from './fields.ts'
import { writingLeaf } from './leaves.ts'
import { fragmentsOf, selectedOf, type Selecting } from './selected.ts'
import { drained, writeByte, writeBytes, type Sink } from './sink.ts'

/** What the client asked for of what was fetched, by the client's names. */
export interface Written {
  /** Null where something that may not be null is missing, and all above it may not be null either. */
  readonly data: JsonFields | null
  readonly holes: readonly Path[]
}

export type Write = (fetched: Fields) => Written

interface Progress {
  readonly sink: Sink
  readonly path: (string | number)[]
  readonly holes: Path[]
}

/** @returns false where the value is lost and known as a hole, and nothing is written: what holds it is null, if that may be */
type WriteValue = (value: unknown, progress: Progress) => boolean

interface Writing extends Selecting {
  readonly clientNames: ExecutableOperation['clientNames']
  readonly grow: Grow
}

interface WritingParts extends Pick<Selecting, 'schema'> {
  /** One is enough for all operations, since nothing that writes waits. */
  readonly sink: Sink
  /** Is told of what is compiled, which is as many fields as answers have: a fragment is compiled wherever it is spread. */
  readonly grow: Grow
}

/** What compiling a field takes, by measurement. */
const bytesOfField = 850

/** Compiles what writes the answer of an operation, for one choice of the values that `@skip` and `@include` read. */
export function writing(
  operation: ExecutableOperation,
  values: Variables,
  { schema, sink, grow }: WritingParts,
): Write {
  const root = schema.getRootType(operation.operation.operation)
  if (root === undefined || root === null) throw new Error(`the schema has no ${operation.operation.operation}`)
  const { clientNames } = operation
  const parts = { schema, values, clientNames, grow, fragments: fragmentsOf(operation) }
  const fields = fieldsOf(root, [operation.operation.selectionSet], parts)
  return (fetched) => {
    const progress: Progress = { sink, path: [], holes: [] }
    const ends: number[] = []
    sink.length = 0
    for (const field of fields) {
      if (!writeField(field, fetched, progress)) return { data: null, holes: progress.holes }
      ends.push(sink.length)
    }
    const bytes = drained(sink)
    const data = new Map(
      fields.map(({ clientName }, index) => [clientName, bytes.subarray(ends[index - 1] ?? 0, ends[index])]),
    )
    return { data, holes: progress.holes }
  }
}

function writingType(type: GraphQLOutputType, nodes: readonly FieldNode[], parts: Writing): WriteValue {
  if (isNonNullType(type)) {
    const write = writingValue(type.ofType, nodes, parts)
    return (value, progress) => (value === null || value === undefined ? lost(progress) : write(value, progress))
  }
  const write = writingValue(type, nodes, parts)
  return (value, progress) => {
    const { sink } = progress
    const start = sink.length
    if (value !== null && value !== undefined && write(value, progress)) return true
    sink.length = start
    writeBytes(sink, nothing)
    return true
  }
}

const nothing = Buffer.from('null')

type NullableType = Exclude<GraphQLOutputType, { readonly ofType: GraphQLOutputType }> | GraphQLOutputType

function writingValue(type: NullableType, nodes: readonly FieldNode[], parts: Writing): WriteValue {
  if (isListType(type)) return writingList(writingType(type.ofType, nodes, parts))
  if (isLeafType(type)) {
    const write = writingLeaf(type)
    return (value, progress) => write(value, progress.sink) || lost(progress)
  }
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  if (isObjectType(type)) return writingObject(type, selectionSets, parts)
  if (isAbstractType(type)) return writingAny(type, selectionSets, parts)
  throw new Error(`nothing is of type ${String(type)}`)
}

function lost({ path, holes }: Progress): false {
  holes.push([...path])
  return false
}

const byteOf = (character: string) => character.charCodeAt(0)

function writingList(write: WriteValue): WriteValue {
  return (value, progress) => {
    if (!Array.isArray(value)) return lost(progress)
    const { sink } = progress
    writeByte(sink, byteOf('['))
    for (let at = 0; at < value.length; at += 1) {
      if (at > 0) writeByte(sink, byteOf(','))
      progress.path.push(at)
      const isThere = write(value[at], progress)
      progress.path.pop()
      if (!isThere) return false
    }
    writeByte(sink, byteOf(']'))
    return true
  }
}

/** Of each member as it is met: what is asked of it is worked out once. */
function writingAny(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  parts: Writing,
): WriteValue {
  const members = new Map<unknown, WriteValue>()
  return (value, progress) => {
    if (!isFields(value)) return lost(progress)
    const { __typename: typename } = value
    const write = members.get(typename) ?? memberOf(typename)
    return write === undefined ? lost(progress) : write(value, progress)
  }

  function memberOf(typename: unknown): WriteValue | undefined {
    const member = typeof typename === 'string' ? parts.schema.getType(typename) : undefined
    if (!isObjectType(member) || !isAbstractType(type) || !parts.schema.isSubType(type, member)) return undefined
    const write = writingObject(member, selectionSets, parts)
    members.set(typename, write)
    return write
  }
}

interface WrittenField {
  readonly read: ReadField
  readonly clientName: string
  /** Its name and the colon, behind a comma unless it is the first. */
  readonly beginning: Uint8Array
  readonly write: WriteValue
}

function writingObject(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  parts: Writing,
): WriteValue {
  // Worked out when an object is met, since an operation may reach types that no answer has.
  let fields: readonly WrittenField[] | undefined
  return (value, progress) => {
    if (!isFields(value)) return lost(progress)
    const { sink } = progress
    fields ??= fieldsOf(type, selectionSets, parts)
    writeByte(sink, byteOf('{'))
    for (const field of fields) {
      writeBytes(sink, field.beginning)
      if (!writeField(field, value, progress)) return false
    }
    writeByte(sink, byteOf('}'))
    return true
  }
}

function writeField({ read, clientName, write }: WrittenField, object: Fields, progress: Progress): boolean {
  progress.path.push(clientName)
  const isThere = write(read(object), progress)
  progress.path.pop()
  return isThere
}

function fieldsOf(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[], parts: Writing): WrittenField[] {
  const definitions = type.getFields()
  const selected = selectedOf(type, selectionSets, parts)
  parts.grow(selected.size * bytesOfField)
  return [...selected].map(([key, nodes], index) => {
    const name = nodes[0]?.name.value
    const clientName = parts.clientNames.get(key) ?? key
    const beginning = Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(clientName)}:`)
    const common = { clientName, beginning }
    if (name === '__typename') return { ...common, read: () => type.name, write: writingName(type.name) }
    const definition = name === undefined ? undefined : definitions[name]
    if (definition === undefined) throw new Error(`${type.name} has no field ${name ?? ''}`)
    return { ...common, read: readingField(key), write: writingType(definition.type, nodes, parts) }
  })
}

function writingName(name: string): WriteValue {
  const written = Buffer.from(JSON.stringify(name))
  return (_value, { sink }) => {
    writeBytes(sink, written)
    return true
  }
}
