import { Kind, parse, type ExecutionResult, type SelectionSetNode } from 'graphql'
import { z } from 'zod'

import type { Fetch } from './link.ts'

type Path = readonly (string | number)[]

const entityVariables = z.object({ representations: z.array(z.object({ __typename: z.string() })) })

/**
 * The paths, in the answer of the fetch itself, of all that is lost when there is no answer. The plan's executor knows
 * what they are in the whole.
 */
export function lostFields({ query, variables }: Pick<Fetch, 'query' | 'variables'>): Path[] {
  const root = parse(query).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  )?.selectionSet
  const entities = entityVariables.safeParse(variables)
  if (!entities.success) return fieldsOf(root).map((field) => [field])
  const selections = entitySelections(root)
  return entities.data.representations.flatMap(({ __typename }, index) =>
    fieldsOf(selections, __typename).map((field) => ['_entities', index, field]),
  )
}

/**
 * Whether a subgraph has answered at all: with as many entities as there are representations, or with errors that show
 * what the client did wrong. Errors that belong to no field (a passport, an operation it does not know) are the
 * gateway's affair.
 */
export function isAnswer({ data, errors = [] }: ExecutionResult, { variables }: Pick<Fetch, 'variables'>): boolean {
  if (data === null || data === undefined) {
    return errors.some(({ path, extensions }) => path !== undefined || extensions.code === 'BAD_USER_INPUT')
  }
  const asked = entityVariables.safeParse(variables)
  if (!asked.success) return true
  const { _entities: entities } = data
  return Array.isArray(entities) && entities.length === asked.data.representations.length
}

function entitySelections(root: SelectionSetNode | undefined): SelectionSetNode | undefined {
  for (const selection of root?.selections ?? []) {
    if (selection.kind === Kind.FIELD && selection.name.value === '_entities') return selection.selectionSet
  }
  return undefined
}

/** The names by which a selection's fields are answered; of the fragments on it, those on that type. */
function fieldsOf(selectionSet: SelectionSetNode | undefined, type?: string): string[] {
  const names = (selectionSet?.selections ?? []).flatMap((selection): string[] => {
    if (selection.kind === Kind.FIELD) return [selection.alias?.value ?? selection.name.value]
    if (selection.kind !== Kind.INLINE_FRAGMENT) return []
    const on = selection.typeCondition?.name.value
    return on === undefined || on === type ? fieldsOf(selection.selectionSet, type) : []
  })
  return [...new Set(names)].filter((name) => name !== '__typename')
}
