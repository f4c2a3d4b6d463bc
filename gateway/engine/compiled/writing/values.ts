import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql'

import type { Grow } from '../../choices.ts'
import type { ExecutableOperation } from '../../executor.ts'
import { isFields } from '../fields.ts'
import { selectedOf, type Selecting } from '../selected.ts'
import { isLost, lost, under } from './holes.ts'
import { writingLeaf } from './leaves.ts'
import { writingFields, writingFieldsPlainly, type WriteFields, type WrittenField } from './objects.ts'
import { writeByte, writeBytes } from './sink.ts'
import type { WriteValue } from './write-value.ts'

export interface Writing extends Selecting {
  readonly clientNames: ExecutableOperation['clientNames']
  /** Is told of what is compiled, which is as many fields as answers have: a fragment is compiled wherever it is spread. */
  readonly grow: Grow
  /** How many more fields may be written by code of their own. */
  readonly room: { fields: number }
}

/** Bytes that a field takes by measurement, and each character of its name, of which a client may write many. */
const plainly = { field: 900, character: 2 }
/** What code of its own takes beside that: 500 bytes when it has run once, 1,600 when a hundred times, and 4,800 among the few that run most. */
const inCode = { field: 1_600, character: 2 }

function writingType(type: GraphQLOutputType, nodes: readonly FieldNode[], parts: Writing): WriteValue {
  if (isNonNullType(type)) return writingValue(type.ofType, nodes, parts)
  const write = writingValue(type, nodes, parts)
  return (sink, at, value) => {
    const end = value === null || value === undefined ? isLost : write(sink, at, value)
    return end === isLost ? writeBytes(sink, at, nothing) : end
  }
}

const nothing = Buffer.from('null')

/** Of a value that may not be null. */
function writingValue(type: GraphQLOutputType, nodes: readonly FieldNode[], parts: Writing): WriteValue {
  if (isListType(type)) return writingList(writingType(type.ofType, nodes, parts))
  if (isLeafType(type)) return writingLeaf(type)
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  if (isObjectType(type)) return writingObject(type, selectionSets, parts)
  if (isAbstractType(type)) return writingAny(type, selectionSets, parts)
  throw new Error(`nothing is of type ${String(type)}`)
}

const byteOf = (character: string) => character.charCodeAt(0)

function writingList(write: WriteValue): WriteValue {
  return (sink, at, value) => {
    if (!Array.isArray(value)) return lost(sink)
    const { holes } = sink
    let end = writeByte(sink, at, byteOf('['))
    for (let place = 0; place < value.length; place += 1) {
      if (place > 0) end = writeByte(sink, end, byteOf(','))
      const known = holes.length
      end = write(sink, end, value[place])
      if (holes.length !== known) under(place, sink, known)
      if (end === isLost) return isLost
    }
    return writeByte(sink, end, byteOf(']'))
  }
}

/** Of each member as it is met: what is asked of it is worked out once. */
function writingAny(type: GraphQLAbstractType, selectionSets: readonly SelectionSetNode[], parts: Writing): WriteValue {
  const members = new Map<unknown, WriteValue>()
  return (sink, at, value) => {
    if (!isFields(value)) return lost(sink)
    const { __typename: typename } = value
    const write = members.get(typename) ?? memberOf(typename)
    return write === undefined ? lost(sink) : write(sink, at, value)
  }

  function memberOf(typename: unknown): WriteValue | undefined {
    const member = typeof typename === 'string' ? parts.schema.getType(typename) : undefined
    if (!isObjectType(member) || !parts.schema.isSubType(type, member)) return undefined
    const write = writingObject(member, selectionSets, parts)
    members.set(typename, write)
    return write
  }
}

function writingObject(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  parts: Writing,
): WriteValue {
  // Worked out when an object is met, since an operation may reach types that no answer has.
  let write: WriteFields | undefined
  return (sink, at, value) => {
    if (!isFields(value)) return lost(sink)
    write ??= writingIn(parts, fieldsOf(type, selectionSets, parts))
    return write(sink, at, value)
  }
}

function writingIn({ room, grow }: Writing, fields: readonly WrittenField[]): WriteFields {
  if (fields.length > room.fields) return writingFieldsPlainly(fields)
  room.fields -= fields.length
  for (const { key } of fields) grow(inCode.field + inCode.character * key.length)
  return writingFields(fields)
}

export function fieldsOf(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  parts: Writing,
): WrittenField[] {
  const definitions = type.getFields()
  const selected = selectedOf(type, selectionSets, parts)
  for (const key of selected.keys()) parts.grow(plainly.field + plainly.character * key.length)
  return [...selected].map(([key, nodes]) => {
    const name = nodes[0]?.name.value
    const clientName = parts.clientNames.get(key) ?? key
    if (name === '__typename') return { key, clientName, write: writingName(type.name) }
    const definition = name === undefined ? undefined : definitions[name]
    if (definition === undefined) throw new Error(`${type.name} has no field ${name ?? ''}`)
    return { key, clientName, write: writingType(definition.type, nodes, parts) }
  })
}

function writingName(name: string): WriteValue {
  const written = Buffer.from(JSON.stringify(name))
  return (sink, at) => writeBytes(sink, at, written)
}
