import { Kind, visit, type SelectionNode, type SelectionSetNode } from 'graphql'

import type { ClientDocument } from '../document.ts'
import { tooCostly, type Limits } from './limits.ts'
import { measuring } from './measure.ts'

/** Decides by the parsed document alone, before it is validated. @throws RequestRefused */
type ShapeLimit = (document: ClientDocument, limits: Limits) => void

/** What is decided once a document, in order. */
const shapeLimits: readonly ShapeLimit[] = [
  // Needs nothing of the others, and is what a validator reads again for each place.
  limitDirectives,
  // Before whatever follows fragments to where they are spread: behind it that is a bounded walk.
  limitSize,
  // Such a walk. Validation compares fields of one name with each other, so it comes after.
  limitAliases,
]

/** @throws RequestRefused for a document over one of the limits of its shape */
export function limitShape(document: ClientDocument, limits: Limits): void {
  for (const limit of shapeLimits) limit(document, limits)
}

function limitDirectives({ node }: ClientDocument, { directives: limit }: Limits): void {
  let all = 0
  visit(node, {
    enter(inner) {
      const found = 'directives' in inner ? (inner.directives ?? []).length : 0
      if (found > limit) throw tooCostly('directives at one place', { limit, found })
      all += found
    },
  })
  if (all > limit * 10) throw tooCostly('directives', { limit: limit * 10, found: all })
}

function limitSize(document: ClientDocument, limits: Limits): void {
  const measure = measuring(document)
  for (const { selectionSet } of [...document.operations, ...document.fragments.values()]) {
    const { depth, selections } = measure(selectionSet)
    if (depth > limits.depth) throw tooCostly('levels of fields', { limit: limits.depth, found: depth })
    if (selections > limits.selections) throw tooCostly('selections', { limit: limits.selections, found: selections })
  }
  for (const { selectionSet } of document.operations) {
    const { fields } = measure(selectionSet)
    if (fields > limits.rootFields) throw tooCostly('fields of the root', { limit: limits.rootFields, found: fields })
  }
}

/** How often one field may stand in one place of the answer's tree, under one name or several. */
function limitAliases(document: ClientDocument, { aliases: limit }: Limits): void {
  const measure = measuring(document)
  for (const { selectionSet } of document.operations) {
    if (!measure(selectionSet).cyclic) limitRepeats([selectionSet], document, limit)
  }
}

function limitRepeats(merged: readonly SelectionSetNode[], document: ClientDocument, limit: number): void {
  const counts = new Map<string, number>()
  const inner = new Map<string, SelectionSetNode[]>()

  function collect(selection: SelectionNode): void {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      document.fragments.get(selection.name.value)?.selectionSet.selections.forEach(collect)
      return
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      selection.selectionSet.selections.forEach(collect)
      return
    }
    const { value: name } = selection.name
    const found = (counts.get(name) ?? 0) + 1
    if (found > limit) throw tooCostly(`times \`${name}\` at one place`, { limit })
    counts.set(name, found)
    const key = (selection.alias ?? selection.name).value
    if (selection.selectionSet !== undefined) inner.set(key, [...(inner.get(key) ?? []), selection.selectionSet])
  }

  for (const { selections } of merged) selections.forEach(collect)
  for (const selectionSets of inner.values()) limitRepeats(selectionSets, document, limit)
}
