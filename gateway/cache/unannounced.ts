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

const always: Unannounced = () => true

/** Finds in the arguments of a field what makes its answer change unannounced. It holds on to no part of the document. */
export function unannouncedIn(node: FieldNode, { field, place, rules }: UnannouncedParts): readonly Unannounced[] {
  return (node.arguments ?? []).flatMap(({ name, value }) => {
    const type = field.args.find((argument) => argument.name === name.value)?.type
    return type === undefined
      ? []
      : checksOf(value, { type, isMarked: rules.unannounced.has(`${place}.${name.value}`), rules })
  })
}

/** Where a value stands. */
interface Input {
  readonly type: GraphQLInputType
  readonly isMarked: boolean
  readonly rules: CacheRules
}

/** Of a value as it is written. False and null ask for nothing. */
function checksOf(node: ValueNode, input: Input): readonly Unannounced[] {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value
    return input.isMarked || marksWithin(input.type, input.rules).length > 0
      ? [(values) => asks(values[name], input)]
      : []
  }
  if (node.kind === Kind.NULL || (node.kind === Kind.BOOLEAN && !node.value)) return []
  if (input.isMarked) return [always]
  if (node.kind === Kind.LIST) return node.values.flatMap((each) => checksOf(each, input))
  if (node.kind !== Kind.OBJECT) return []
  return node.fields.flatMap(({ name, value }) => {
    const inner = inputAt(name.value, input)
    return inner === undefined ? [] : checksOf(value, inner)
  })
}

/** Of the value of a variable. */
function asks(value: unknown, input: Input): boolean {
  if (value === undefined || value === null || value === false) return false
  if (input.isMarked) return true
  if (Array.isArray(value)) return value.some((each) => asks(each, input))
  return Object.entries(value).some(([name, inside]) => {
    const inner = inputAt(name, input)
    return inner !== undefined && asks(inside, inner)
  })
}

function inputAt(name: string, { type, rules }: Input): Input | undefined {
  const named = getNamedType(type)
  const field = isInputObjectType(named) ? named.getFields()[name] : undefined
  return field && { type: field.type, isMarked: rules.unannounced.has(`${named.name}.${name}`), rules }
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
