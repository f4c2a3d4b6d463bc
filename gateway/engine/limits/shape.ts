import { Kind, visit, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql'

import type { ClientDocument } from '../client-document.ts'
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
  limitTree,
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

/**
 * How often one field may stand in one place of the answer's tree, under one name or several, and how many fields with
 * a selection there may be in all of it: the time that planning takes grows with these.
 */
function limitTree(document: ClientDocument, limits: Limits): void {
  const measure = measuring(document)
  for (const { selectionSet } of document.operations) {
    if (measure(selectionSet).cyclic) continue
    const found = branchesOf([selectionSet], document, limits)
    const limit = limits.branches
    if (found > limit) throw tooCostly('fields with a selection', { limit, found })
  }
}

/** Selections of one response key are one in the answer. @returns how many fields with a selection are in and below them */
function branchesOf(merged: readonly SelectionSetNode[], document: ClientDocument, limits: Limits): number {
  const inner = [...selectedIn(merged, document, limits.aliases)]
  return inner.reduce((sum, [, selectionSets]) => sum + 1 + branchesOf(selectionSets, document, limits), 0)
}

/** By response key, the selections of fields that have one. Introspection is not planned, so it does not count. */
function selectedIn(merged: readonly SelectionSetNode[], { fragments }: ClientDocument, limit: number) {
  const counts = new Map<string, number>()
  const inner = new Map<string, SelectionSetNode[]>()

  function collect(selection: SelectionNode): void {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      fragments.get(selection.name.value)?.selectionSet.selections.forEach(collect)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      selection.selectionSet.selections.forEach(collect)
    } else {
      collectField(selection)
    }
  }

  function collectField({ name: { value: name }, alias, selectionSet }: FieldNode): void {
    const found = (counts.get(name) ?? 0) + 1
    if (found > limit) throw tooCostly(`times \`${name}\` at one place`, { limit })
    counts.set(name, found)
    if (selectionSet === undefined || name.startsWith('__')) return
    const key = alias?.value ?? name
    inner.set(key, [...(inner.get(key) ?? []), selectionSet])
  }

  for (const { selections } of merged) selections.forEach(collect)
  return inner
}
