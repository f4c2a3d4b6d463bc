import {
  Kind,
  parse,
  valueFromASTUntyped,
  type ExecutionResult,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { z } from 'zod'

import type { Fetch } from './link.ts'

/** One field of a fetch, which is lost when there is no answer. */
export interface LostField {
  /** In the answer of the fetch itself; the plan's executor knows where that is in the whole. */
  readonly path: readonly (string | number)[]
  /** As the schema calls it, such as `Product.name`. */
  readonly coordinate: string
}

const entityVariables = z.object({ representations: z.array(z.object({ __typename: z.string() })) })

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }

/** All that is lost when there is no answer. */
export function lostFields({ query, variables: given }: Pick<Fetch, 'query' | 'variables'>): LostField[] {
  const operation = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return []
  const { selectionSet: root } = operation
  const variables = withDefaults(operation, given)
  const entities = entityVariables.safeParse(given)
  if (!entities.success) return lostIn(root, rootTypes[operation.operation], { variables, at: [] })
  const selections = entitySelections(root)
  return entities.data.representations.flatMap(({ __typename }, index) =>
    lostIn(selections, __typename, { variables, at: ['_entities', index] }),
  )
}

interface Place {
  readonly variables: Fetch['variables']
  readonly at: LostField['path']
}

function lostIn(selectionSet: SelectionSetNode | undefined, type: string, { variables, at }: Place): LostField[] {
  return [...fieldsOf(selectionSet, { type, variables })].map(([key, name]) => ({
    path: [...at, key],
    coordinate: `${type}.${name}`,
  }))
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
  const { representations } = variables
  if (!Array.isArray(representations) || !representations.every(isRepresentation)) return true
  const { _entities: entities } = data
  return Array.isArray(entities) && entities.length === representations.length
}

/** A client may call a variable of its own `$representations`. */
function isRepresentation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '__typename' in value
}

function entitySelections(root: SelectionSetNode | undefined): SelectionSetNode | undefined {
  for (const selection of root?.selections ?? []) {
    if (selection.kind === Kind.FIELD && selection.name.value === '_entities') return selection.selectionSet
  }
  return undefined
}

/** The fields of a selection that are asked for, by the names under which they are answered; of its fragments, those on the type. */
function fieldsOf(
  selectionSet: SelectionSetNode | undefined,
  on: { readonly type: string; readonly variables: Fetch['variables'] },
): Map<string, string> {
  const asked = (selectionSet?.selections ?? []).filter((selection) => isAsked(selection, on.variables))
  const fields = asked.flatMap((selection): [string, string][] => {
    if (selection.kind === Kind.FIELD) return [[selection.alias?.value ?? selection.name.value, selection.name.value]]
    if (selection.kind !== Kind.INLINE_FRAGMENT) return []
    const type = selection.typeCondition?.name.value
    return type === undefined || type === on.type ? [...fieldsOf(selection.selectionSet, on)] : []
  })
  return new Map(fields.filter(([, name]) => name !== '__typename'))
}

function isAsked({ directives = [] }: SelectionNode, variables: Fetch['variables']): boolean {
  return directives.every(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value
    const decides = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value && valueFromASTUntyped(value)
    return decides !== (name.value === 'skip')
  })
}

/** A subgraph applies the defaults of an operation itself. */
export function withDefaults(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Fetch['variables'],
): Fetch['variables'] {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue === undefined ? [] : [[variable.name.value, valueFromASTUntyped(defaultValue)] as const],
  )
  return { ...Object.fromEntries(defaults), ...given }
}
