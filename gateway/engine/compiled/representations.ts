import type { GraphQLSchema } from 'graphql'

import type { QueryPlanSelectionNode } from '../apollo/planner.ts'
import { fieldOf, isFields, setField, type Fields } from './fields.ts'
import { merge } from './merge.ts'
import { isOfType } from './types.ts'

/** The representation by which a subgraph finds an object; undefined where a part of it is not known. */
export type ReadRepresentation = (object: Fields) => Fields | undefined

type Read = (object: Fields, into: Fields) => boolean

export function representing(selections: readonly QueryPlanSelectionNode[], schema: GraphQLSchema): ReadRepresentation {
  const reads = selections.map((selection) => reading(selection, schema))
  return (object) => {
    const representation: Fields = {}
    return reads.every((read) => read(object, representation)) ? representation : undefined
  }
}

function reading(selection: QueryPlanSelectionNode, schema: GraphQLSchema): Read {
  if (selection.kind === 'Field') return readingField(selection, schema)
  const { typeCondition, selections } = selection
  const read = representing(selections, schema)
  return (object, into) => {
    if (typeCondition === undefined || !isOfType(schema, object.__typename, typeCondition)) return true
    const part = read(object)
    if (part !== undefined) merge(into, part)
    return true
  }
}

type PlanField = Extract<QueryPlanSelectionNode, { kind: 'Field' }>

function readingField({ alias, name, selections }: PlanField, schema: GraphQLSchema): Read {
  const key = alias ?? name
  const inside = selections && representing(selections, schema)
  return (object, into) => {
    const value = fieldOf(object, key)
    if (value === undefined) return false
    setField(into, key, inside === undefined ? value : within(value, inside))
    return true
  }
}

function within(value: unknown, read: ReadRepresentation): unknown {
  if (Array.isArray(value)) return value.map((element) => within(element, read))
  return isFields(value) ? (read(value) ?? null) : null
}
