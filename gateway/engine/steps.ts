import { Kind, type DirectiveNode, type FieldNode, type SelectionNode } from 'graphql'

import type { ClientDocument, ClientOperation } from './client-document.ts'

/** One field of the root, and what decides whether it is asked for. */
export interface RootField {
  readonly responseKey: string
  /** `@skip` and `@include` of the field and of the fragments around it. */
  readonly conditions: readonly DirectiveNode[]
  readonly field: FieldNode
}

/** The fields of the root in the order of the document, out of the fragments that they stand in. */
export function rootFields(operation: ClientOperation, fragments: ClientDocument['fragments']): RootField[] {
  // A fragment spread a second time adds nothing: fields merge, unless its condition is another one.
  return flatten(operation.selectionSet.selections, [])

  function flatten(selections: readonly SelectionNode[], outer: readonly DirectiveNode[]): RootField[] {
    return selections.flatMap((selection): RootField[] => {
      const conditions = [...outer, ...(selection.directives ?? [])]
      if (selection.kind === Kind.FIELD) {
        return [{ responseKey: (selection.alias ?? selection.name).value, conditions, field: selection }]
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      return flatten(fragment?.selectionSet.selections ?? [], conditions)
    })
  }
}

/** A field of the schema itself, which needs no plan and no subgraph. */
export function isIntrospection({ field }: RootField): boolean {
  return field.name.value === '__schema' || field.name.value === '__type'
}

/** The operation with these fields of its root only. */
export function withRoots(operation: ClientOperation, roots: readonly RootField[]): ClientOperation {
  return { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: roots.map(withItsConditions) } }
}

/**
 * A mutation does its fields one after the other, and each is answered as things are when it is done, also what other
 * subgraphs add to it. A plan would do all fields of one subgraph first and then add to them, as things are in the end.
 * So each response key of a mutation's root is an operation of its own.
 */
export function splitMutation(operation: ClientOperation, roots: readonly RootField[]): Map<string, ClientOperation> {
  const steps = new Map<string, ClientOperation>()
  for (const { responseKey } of roots) {
    if (steps.has(responseKey)) continue
    const own = roots.filter((root) => root.responseKey === responseKey)
    steps.set(responseKey, withRoots(operation, own))
  }
  return steps
}

/** The conditions may be several of one kind, of which a selection can have one: each gets a fragment around the field. */
function withItsConditions({ conditions, field }: RootField): SelectionNode {
  return conditions.reduceRight<SelectionNode>(
    (inner, condition) => ({
      kind: Kind.INLINE_FRAGMENT,
      directives: [condition],
      selectionSet: { kind: Kind.SELECTION_SET, selections: [inner] },
    }),
    { ...field, directives: [] },
  )
}
