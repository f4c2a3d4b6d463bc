import { Kind, type SelectionSetNode } from 'graphql'

import type { ClientDocument } from '../client-document.ts'

/** How large a selection is with its fragments counted each time they are spread. */
export interface Measure {
  /** Levels of fields. */
  readonly depth: number
  /** Fields and fragments. */
  readonly selections: number
  /** Fields at its own level. */
  readonly fields: number
  /** A fragment spreads itself: there is no end to it, and validation will say so. */
  readonly cyclic: boolean
}

const cycle: Measure = { depth: 0, selections: 0, fields: 0, cyclic: true }

/** Measures each fragment once, however often it is spread: what doubles at each level is never written out. */
export function measuring({ fragments }: ClientDocument): (selectionSet: SelectionSetNode) => Measure {
  const known = new Map<string, Measure>()

  function ofFragment(name: string): Measure {
    const measured = known.get(name)
    if (measured !== undefined) return measured
    // While it is being measured, it is found here by a spread of itself.
    known.set(name, cycle)
    const fragment = fragments.get(name)
    const measure = fragment === undefined ? { ...cycle, cyclic: false } : ofSelections(fragment.selectionSet)
    known.set(name, measure)
    return measure
  }

  function ofSelections({ selections }: SelectionSetNode): Measure {
    const measures = selections.map((selection): Measure => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
      if (selection.kind === Kind.INLINE_FRAGMENT) return ofSelections(selection.selectionSet)
      const inner = selection.selectionSet === undefined ? undefined : ofSelections(selection.selectionSet)
      return {
        depth: 1 + (inner?.depth ?? 0),
        selections: inner?.selections ?? 0,
        fields: 1,
        cyclic: inner?.cyclic ?? false,
      }
    })
    return {
      depth: Math.max(0, ...measures.map(({ depth }) => depth)),
      selections: measures.reduce((sum, inner) => sum + 1 + inner.selections, 0),
      fields: measures.reduce((sum, { fields }) => sum + fields, 0),
      cyclic: measures.some(({ cyclic }) => cyclic),
    }
  }

  return ofSelections
}
