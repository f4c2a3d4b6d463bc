import {
  isAbstractType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

import type { ExecutableOperation } from '../executor.ts'
import type { Variables } from '../client-document.ts'
import { isAsked } from '../conditions.ts'

/** All that decides which fields of an operation are asked for. */
export interface Selecting {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly values: Variables
}

export function fragmentsOf({ document }: Pick<ExecutableOperation, 'document'>): Selecting['fragments'] {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}

/** The fields that are asked of an object of a type, in the order of the document; those that merge stand together. */
export function selectedOf(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  selecting: Selecting,
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>()
  const spread = new Set<string>()
  for (const { selections } of selectionSets) collect(selections)
  return found

  function collect(selections: readonly SelectionNode[]): void {
    for (const selection of selections) {
      if (!isAsked(selection.directives, selecting.values)) continue
      if (selection.kind === Kind.FIELD) note(selection)
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection
        if (typeCondition === undefined || applies(typeCondition.name.value)) collect(selectionSet.selections)
      } else collectFragment(selection.name.value)
    }
  }

  function note(field: FieldNode): void {
    const key = field.alias?.value ?? field.name.value
    const same = found.get(key)
    if (same === undefined) found.set(key, [field])
    else same.push(field)
  }

  function collectFragment(name: string): void {
    const fragment = selecting.fragments.get(name)
    if (fragment === undefined || spread.has(name)) return
    spread.add(name)
    if (applies(fragment.typeCondition.name.value)) collect(fragment.selectionSet.selections)
  }

  function applies(condition: string): boolean {
    const wanted = selecting.schema.getType(condition)
    return wanted === type || (isAbstractType(wanted) && selecting.schema.isSubType(wanted, type))
  }
}
