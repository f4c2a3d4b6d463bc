import type { GraphQLSchema } from 'graphql'

import type { QueryPlanSelectionNode } from '../apollo/planner.ts'
import { isFields, readingField, setField, type Fields } from './fields.ts'
import { merge } from './merge.ts'
import { isOfType } from './types.ts'

/** What a subgraph finds an object by. */
export interface Representation {
  readonly fields: Fields
  /** Two that are the same have the same key, and no other has. */
  readonly key: string
}

/** Undefined where a part of the representation is not known. */
export type ReadRepresentation = (object: Fields) => Representation | undefined

export function representing(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): ReadRepresentation {
  const read = readingAll(selections, schema)
  const writeKey = writingKey(selections)
  return (object) => {
    const fields = read(object)
    return typeof fields?.__typename === 'string' ? { fields, key: writeKey(fields) } : undefined
  }
}

type ReadFields = (object: Fields) => Fields | undefined

/** Reads a part into a representation; false where that is not known. */
type Read = (object: Fields, into: Fields) => boolean

function readingAll(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): ReadFields {
  const reads = selections.map((selection) => reading(selection, schema))
  return (object) => {
    const fields: Fields = {}
    return reads.every((read) => read(object, fields)) ? fields : undefined
  }
}

function reading(selection: QueryPlanSelectionNode, schema: GraphQLSchema): Read {
  if (selection.kind === 'Field') return readingOne(selection, schema)
  const { typeCondition, selections } = selection
  const read = readingAll(selections, schema)
  return (object, into) => {
    if (typeCondition === undefined || !isOfType(schema, object.__typename, typeCondition)) return true
    const part = read(object)
    if (part !== undefined) merge(into, part)
    return true
  }
}

type PlanField = Extract<QueryPlanSelectionNode, { kind: 'Field' }>

function readingOne({ alias, name, selections }: PlanField, schema: GraphQLSchema): Read {
  const key = alias ?? name
  const readValue = readingField(key)
  const inside = selections && readingAll(selections, schema)
  return (object, into) => {
    const value = readValue(object)
    if (value === undefined) return false
    setField(into, key, inside === undefined ? value : within(value, inside))
    return true
  }
}

function within(value: unknown, read: ReadFields): unknown {
  if (Array.isArray(value)) return value.map((element) => within(element, read))
  return isFields(value) ? (read(value) ?? null) : null
}

/** Of the usual representation, a type and an id, the key is the two of them: writing that as JSON costs as much as all else. */
function writingKey(selections: readonly QueryPlanSelectionNode[]): (fields: Fields) => string {
  const inside = selections.flatMap((selection) => (selection.kind === 'Field' ? [selection] : selection.selections))
  const names = new Set(inside.map(nameOf))
  names.delete('__typename')
  const [only, ...others] = names
  if (only === undefined || others.length > 0) return JSON.stringify
  const readValue = readingField(only)
  return (fields) => {
    const value = readValue(fields)
    return typeof value === 'string' ? `${String(fields.__typename)} ${value}` : JSON.stringify(fields)
  }
}

function nameOf(selection: QueryPlanSelectionNode): string {
  return selection.kind === 'Field' ? (selection.alias ?? selection.name) : JSON.stringify(selection)
}
