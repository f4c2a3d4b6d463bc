import { isEnumType, type GraphQLLeafType } from 'graphql'

import { lost } from './holes.ts'
import { writeBytes, writeInteger, writeJson, writeString, type Sink } from './sink.ts'
import type { WriteValue } from './write-value.ts'

const builtIn: ReadonlyMap<string, WriteValue> = new Map([
  ['Int', writeWhole],
  ['Float', writeNumber],
  ['String', writeText],
  ['Boolean', writeBoolean],
  ['ID', writeId],
])

/** Writes a value that a subgraph sent, where it is one of its type. Of scalars that are the shop's own, whatever it sent is one. */
export function writingLeaf(type: GraphQLLeafType): WriteValue {
  if (!isEnumType(type)) return builtIn.get(type.name) ?? writeAnything
  const names = new Map<unknown, Buffer>(type.getValues().map(({ name }) => [name, Buffer.from(`"${name}"`)]))
  return (sink, at, value) => {
    const name = names.get(value)
    return name === undefined ? lost(sink) : writeBytes(sink, at, name)
  }
}

function writeWhole(sink: Sink, at: number, value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) ? writeInteger(sink, at, value) : lost(sink)
}

function writeNumber(sink: Sink, at: number, value: unknown): number {
  if (typeof value !== 'number') return lost(sink)
  return Number.isInteger(value) ? writeInteger(sink, at, value) : writeJson(sink, at, JSON.stringify(value))
}

function writeText(sink: Sink, at: number, value: unknown): number {
  return typeof value === 'string' ? writeString(sink, at, value) : lost(sink)
}

function writeId(sink: Sink, at: number, value: unknown): number {
  return typeof value === 'string' ? writeString(sink, at, value) : writeWhole(sink, at, value)
}

const [yes, no] = [Buffer.from('true'), Buffer.from('false')]

function writeBoolean(sink: Sink, at: number, value: unknown): number {
  return typeof value === 'boolean' ? writeBytes(sink, at, value ? yes : no) : lost(sink)
}

function writeAnything(sink: Sink, at: number, value: unknown): number {
  if (typeof value === 'string') return writeString(sink, at, value)
  if (typeof value === 'number') return writeNumber(sink, at, value)
  const json: unknown = value === null ? undefined : JSON.stringify(value)
  return typeof json === 'string' ? writeJson(sink, at, json) : lost(sink)
}
