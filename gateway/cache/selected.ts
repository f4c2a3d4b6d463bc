import { Kind, type FieldNode, type SelectionSetNode } from 'graphql'

import type { ClientDocument, Variables } from '../engine/client-document.ts'
import { isAsked } from '../engine/conditions.ts'

export interface SelectedParts {
  readonly fragments: ClientDocument['fragments']
  /** What `@skip` and `@include` read. */
  readonly values: Variables
}

/** The fields that are asked for at one place, by their names in the answer: those that merge stand together. */
export function selectedFields(
  sets: readonly SelectionSetNode[],
  { fragments, values }: SelectedParts,
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>()
  const spread = new Set<string>()

  function add({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isAsked(selection.directives, values)) continue
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value
        fields.set(key, [...(fields.get(key) ?? []), selection])
      } else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet)
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment !== undefined) add(fragment.selectionSet)
      }
    }
  }

  for (const set of sets) add(set)
  return fields
}
