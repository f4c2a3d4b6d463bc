import type { GraphQLSchema } from 'graphql'

import type { QueryPlanSelectionNode } from '../apollo/planner.ts'
import { readingField, type Fields } from './fields.ts'
import { representing } from './representations.ts'

/** What a fetch asks for. */
export interface Distinct {
  /** What a subgraph finds the objects by; no two are the same. */
  readonly representations: readonly Fields[]
  /** For each object its place among the representations; `nowhere` where nothing is asked for it. */
  readonly places: readonly number[]
}

export const nowhere = -1

/** Finds what objects are represented by, so that each is asked for once, in however many places it stands. */
export function distinguishing(
  selections: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): (objects: readonly Fields[]) => Distinct {
  const read = representing(selections, schema)
  const only = onlyName(selections)
  const readOnly = only === undefined ? () => undefined : readingField(only)
  return (objects) => {
    const representations: Fields[] = []
    const known = places()
    return { representations, places: objects.map(placeOf) }

    /** Of the usual representation, a type and an id, these two are the key: that needs no representation to look at. */
    function placeOf(object: Fields): number {
      const { __typename: typename } = object
      const value = readOnly(object)
      if (typeof typename === 'string' && typename !== '' && typeof value === 'string') {
        return known(typename, value, () => added(read(object)))
      }
      const fields = read(object)
      return fields === undefined ? nowhere : known('', JSON.stringify(fields), () => added(fields))
    }

    function added(fields: Fields | undefined): number {
      return fields === undefined ? nowhere : representations.push(fields) - 1
    }
  }
}

type Places = (typename: string, key: string, add: () => number) => number

function places(): Places {
  const byType = new Map<string, Map<string, number>>()
  return (typename, key, add) => {
    const ofType = byType.get(typename) ?? new Map<string, number>()
    const known = ofType.get(key)
    if (known !== undefined) return known
    const place = add()
    byType.set(typename, ofType.set(key, place))
    return place
  }
}

/** The one name, beside that of the type, that all parts of a representation have. */
function onlyName(selections: readonly QueryPlanSelectionNode[]): string | undefined {
  const inside = selections.flatMap((selection) => (selection.kind === 'Field' ? [selection] : selection.selections))
  const names = new Set(inside.map(nameOf))
  names.delete('__typename')
  const [only, ...others] = names
  return others.length === 0 ? only : undefined
}

function nameOf(selection: QueryPlanSelectionNode): string {
  return selection.kind === 'Field' ? (selection.alias ?? selection.name) : JSON.stringify(selection)
}
