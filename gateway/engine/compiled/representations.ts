import type { GraphQLSchema } from 'graphql'

import type { QueryPlanSelectionNode } from '../apollo/planner.ts'
import { isFields, readingField, setField, type Fields } from './fields.ts'
import { merge } from './merge.ts'
import { isOfType } from './types.ts'

/** What a subgraph finds an object by; undefined where a part of that is not known. */
export type ReadRepresentation = (object: Fields) => Fields | undefined

export function representing(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): ReadRepresentation {
  const read = readingAll(selections, schema)
  return (object) => {
    const fields = read(object)
    return typeof fields?.__typename === 'string' ? fields : undefined
  }
}

type ReadFields = (object: Fields) => Fields | undefined

/** Reads a part into a representation; false where that is not known. */
type Read = (object: Fields, into: Fields) => boolean

function readingAll(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): ReadFields {
  const [only, ...others] = selections
  if (only?.kind === 'InlineFragment' && others.length === 0) return readingPart(only, schema)
  const reads = selections.map((selection) => reading(selection, schema))
  return (object) => {
    const fields: Fields = {}
    return reads.every((read) => read(object, fields)) ? fields : undefined
  }
}

function reading(selection: QueryPlanSelectionNode, schema: GraphQLSchema): Read {
  if (selection.kind === 'Field') return readingOne(selection, schema)
  const read = readingPart(selection, schema)
  return (object, into) => {
    merge(into, read(object))
    return true
  }
}

/** Of an object of another type, or of which a part is not known, there is nothing. */
function readingPart({ typeCondition, selections }: PlanFragment, schema: GraphQLSchema): (object: Fields) => Fields {
  const read = readingAll(selections, schema)
  return (object) =>
    typeCondition !== undefined && isOfType(schema, object.__typename, typeCondition) ? (read(object) ?? {}) : {}
}

type PlanField = Extract<QueryPlanSelectionNode, { kind: 'Field' }>
type PlanFragment = Extract<QueryPlanSelectionNode, { kind: 'InlineFragment' }>

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
