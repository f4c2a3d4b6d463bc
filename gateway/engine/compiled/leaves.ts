import { isEnumType, type GraphQLLeafType } from 'graphql'

import { writeBytes, writeInteger, writeJson, writeString, type Sink } from './sink.ts'

/** Writes a value that a subgraph sent; false where it is not one of its type, and nothing is written. */
export type WriteLeaf = (value: unknown, sink: Sink) => boolean

const builtIn: ReadonlyMap<string, WriteLeaf> = new Map([
  ['Int', writeWhole],
  ['Float', writeNumber],
  ['String', writeText],
  ['Boolean', writeBoolean],
  ['ID', (value, sink) => writeText(value, sink) || writeWhole(value, sink)],
])

/** Of scalars that are the shop's own, whatever it sent is one. */
export function writingLeaf(type: GraphQLLeafType): WriteLeaf {
  if (!isEnumType(type)) return builtIn.get(type.name) ?? writeAnything
  const names = new Map<unknown, Buffer>(type.getValues().map(({ name }) => [name, Buffer.from(`"${name}"`)]))
  return (value, sink) => {
    const name = names.get(value)
    if (name !== undefined) writeBytes(sink, name)
    return name !== undefined
  }
}

function writeWhole(value: unknown, sink: Sink): boolean {
  if (typeof value !== 'number' || !Number.isInteger(value)) return false
  writeInteger(sink, value)
  return true
}

function writeNumber(value: unknown, sink: Sink): boolean {
  return typeof value === 'number' && writeAnything(value, sink)
}

function writeText(value: unknown, sink: Sink): boolean {
  if (typeof value !== 'string') return false
  writeString(sink, value)
  return true
}

const [yes, no] = [Buffer.from('true'), Buffer.from('false')]

function writeBoolean(value: unknown, sink: Sink): boolean {
  if (typeof value !== 'boolean') return false
  writeBytes(sink, value ? yes : no)
  return true
}

function writeAnything(value: unknown, sink: Sink): boolean {
  const json: unknown = JSON.stringify(value)
  if (typeof json !== 'string') return false
  writeJson(sink, json)
  return true
}
