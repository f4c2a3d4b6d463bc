import {
  getNamedType,
  isInputObjectType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql'

import type { Variables } from '../engine/client-document.ts'
import type { CacheRules } from './rules.ts'

/** Whether what is asked for, by these values of the variables, changes without a message. */
export type Unannounced = (values: Variables) => boolean

interface UnannouncedParts {
  readonly field: GraphQLField<unknown, unknown>
  /** Such as `Query.products`. */
  readonly place: string
  readonly rules: CacheRules
}

const never: Unannounced = () => false

/** Finds the arguments of a field that make its answer change unannounced. False and null ask for nothing. */
export function unannouncedIn(node: FieldNode, { field, place, rules }: UnannouncedParts): Unannounced {
  const checks = (node.arguments ?? []).flatMap(({ name, value }) => {
    const type = field.args.find((argument) => argument.name === name.value)?.type
    if (type === undefined) return []
    const isMarked = rules.unannounced.has(`${place}.${name.value}`)
    return isMarked || marksWithin(type, rules).length > 0 ? [checkOf(value, { type, isMarked, rules })] : []
  })
  return checks.length === 0 ? never : (values) => checks.some((asks) => asks(values))
}

function checkOf(
  node: ValueNode,
  { type, isMarked, rules }: { type: GraphQLInputType; isMarked: boolean; rules: CacheRules },
): Unannounced {
  return (values) => asks(valueOf(node, values), type, isMarked)

  function asks(value: unknown, of: GraphQLInputType, marked: boolean): boolean {
    if (value === undefined || value === null || value === false) return false
    if (marked) return true
    const named = getNamedType(of)
    if (!isInputObjectType(named)) return false
    if (Array.isArray(value)) return value.some((each) => asks(each, of, false))
    const fields = named.getFields()
    return Object.entries(value).some(([name, inner]) => {
      const inside = fields[name]
      return inside !== undefined && asks(inner, inside.type, rules.unannounced.has(`${named.name}.${name}`))
    })
  }
}

/** A value as it is written, with those of the variables in it. What a scalar is does not matter here. */
function valueOf(node: ValueNode, values: Variables): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return values[node.name.value]
    case Kind.NULL:
      return null
    case Kind.LIST:
      return node.values.map((each) => valueOf(each, values))
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, valueOf(value, values)]))
    default:
      return node.value
  }
}

/** The marked fields of an input, and of the inputs in it. */
function marksWithin(type: GraphQLInputType, rules: CacheRules, seen = new Set<string>()): string[] {
  const named = getNamedType(type)
  if (!isInputObjectType(named) || seen.has(named.name)) return []
  seen.add(named.name)
  return Object.values(named.getFields()).flatMap((field) => {
    const place = `${named.name}.${field.name}`
    return [...(rules.unannounced.has(place) ? [place] : []), ...marksWithin(field.type, rules, seen)]
  })
}
