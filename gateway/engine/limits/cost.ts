import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  typeFromAST,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

import type { ClientDocument, ClientOperation } from '../client-document.ts'
import { usualSize, type ListSizes } from './list-sizes.ts'

/** How many objects an answer can hold at the most, by the values of the variables. */
export type Cost = (variables: Readonly<Record<string, unknown>>) => number

interface CostParts {
  readonly schema: GraphQLSchema
  readonly fragments: ClientDocument['fragments']
  readonly sizes: ListSizes
}

type Size = (variables: Readonly<Record<string, unknown>>) => number

const one: Size = () => 1

/** Computes what can be computed once. The document is valid: its fields and fragments are those of the schema. */
export function costOf(operation: ClientOperation, parts: CostParts): Cost {
  const root = parts.schema.getRootType(operation.operation)
  return root ? costOfSelections(operation.selectionSet, { ...parts, type: root, page: undefined }) : () => 0
}

interface Place extends CostParts {
  readonly type: GraphQLCompositeType
  /** `first` of the connection that the selection is of: as many edges it has. */
  readonly page: Size | undefined
}

function costOfSelections({ selections }: SelectionSetNode, place: Place): Cost {
  const costs = selections.flatMap((selection): Cost[] => {
    if (selection.kind === Kind.FIELD) return costOfField(selection, place)
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : place.fragments.get(selection.name.value)
    if (fragment === undefined) return []
    const on = fragment.typeCondition && typeFromAST(place.schema, fragment.typeCondition)
    const type = isCompositeType(on) ? on : place.type
    return [costOfSelections(fragment.selectionSet, { ...place, type })]
  })
  return (variables) => costs.reduce((sum, cost) => sum + cost(variables), 0)
}

function costOfField(node: FieldNode, place: Place): Cost[] {
  const field = fieldOf(node, place.type)
  // Fields of introspection have no definition in the type, and cost nobody a fetch.
  if (field === undefined || node.selectionSet === undefined) return []
  const type = getNamedType(field.type)
  if (!isCompositeType(type)) return []
  const page = pageOf(node, field, place.sizes)
  const isList = isListType(getNullableType(field.type))
  const size = isList ? (page ?? sizeOfList(field, place)) : one
  const inner = costOfSelections(node.selectionSet, { ...place, type, page: isList ? undefined : page })
  return [(variables) => size(variables) * (1 + inner(variables))]
}

function fieldOf({ name }: FieldNode, type: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined
}

function sizeOfList({ name }: GraphQLField<unknown, unknown>, { type, page, sizes }: Place): Size {
  if (name === 'edges' && page !== undefined) return page
  const size = sizes.assumed[`${type.name}.${name}`] ?? usualSize
  return () => size
}

/** The value of `first`, where the field has such an argument. */
function pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>, { largestPage }: ListSizes): Size | undefined {
  const first = field.args.find(({ name }) => name === 'first')
  if (first === undefined) return undefined
  const usual = within(first.defaultValue, usualSize)
  const given = node.arguments?.find(({ name }) => name.value === 'first')?.value
  if (given?.kind === Kind.INT) return () => within(Number(given.value), usual)
  if (given?.kind === Kind.VARIABLE) return (variables) => within(variables[given.name.value], usual)
  return () => usual

  function within(value: unknown, otherwise: number): number {
    return typeof value === 'number' ? Math.min(Math.max(value, 0), largestPage) : otherwise
  }
}
