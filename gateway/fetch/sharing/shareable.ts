import {
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  visit,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql'

/** A fetch of entities, taken apart so that it can stand beside others in one operation. */
export interface Shareable {
  /** The definitions of the client's variables, by their names. */
  readonly variables: ReadonlyMap<string, string>
  /** What is asked of the entities. */
  readonly selection: string
  /** By their names. */
  readonly fragments: ReadonlyMap<string, string>
}

const representations = 'representations'

/** What the entities of one fetch are answered as, and its representations are sent as. */
export function shareName(place: number): string {
  return `_e${place}`
}

const anyShareName = /^_e\d+$/

/** Undefined where the operation is not one of entities alone, or a client calls a variable of its own as ours are. */
export function shareable(query: string): Shareable | undefined {
  const { definitions } = parse(query, { noLocation: true })
  const [operation, ...others] = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return undefined
  const [entities, ...more] = operation.selectionSet.selections
  if (entities === undefined || more.length > 0 || !isOfEntities(entities)) return undefined
  const variables = variablesOf(operation)
  const names = [...variables.keys()]
  if (names.some((name) => anyShareName.test(name)) || timesUsed(operation, representations) !== 1) return undefined
  const fragments = definitions.flatMap((definition) =>
    definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, inShort(print(definition))] as const] : [],
  )
  return { variables, selection: inShort(print(entities.selectionSet)), fragments: new Map(fragments) }
}

type Entities = Extract<SelectionNode, { kind: Kind.FIELD }> & {
  readonly selectionSet: NonNullable<Extract<SelectionNode, { kind: Kind.FIELD }>['selectionSet']>
}

function isOfEntities(selection: SelectionNode): selection is Entities {
  if (selection.kind !== Kind.FIELD || selection.name.value !== '_entities') return false
  const { alias, directives = [], arguments: given = [], selectionSet } = selection
  return alias === undefined && directives.length === 0 && given.length === 1 && selectionSet !== undefined
}

function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, string> {
  const own = variableDefinitions.filter(({ variable }) => variable.name.value !== representations)
  return new Map(own.map((definition) => [definition.variable.name.value, inShort(print(definition))]))
}

/** How often a variable is used beside its definition. */
function timesUsed({ selectionSet }: OperationDefinitionNode, name: string): number {
  let times = 0
  visit(selectionSet, {
    Variable(variable) {
      if (variable.name.value === name) times += 1
    },
  })
  return times
}

function inShort(text: string): string {
  return stripIgnoredCharacters(text)
}

/** Whether fetches can be asked for in one operation: what they call alike is the same. */
export function canShare(fetches: readonly Shareable[]): boolean {
  return isSame(fetches.map(({ variables }) => variables)) && isSame(fetches.map(({ fragments }) => fragments))
}

function isSame(all: readonly ReadonlyMap<string, string>[]): boolean {
  const seen = new Map<string, string>()
  for (const texts of all) {
    for (const [name, text] of texts) {
      if ((seen.get(name) ?? text) !== text) return false
      seen.set(name, text)
    }
  }
  return true
}

/** One operation for several fetches, each under its share name by its place among them. */
export function sharedQuery(fetches: readonly Shareable[], operationName = ''): string {
  const variables = new Map(fetches.flatMap((fetch) => [...fetch.variables]))
  const fragments = new Map(fetches.flatMap((fetch) => [...fetch.fragments]))
  const names = fetches.map((_, place) => shareName(place))
  const definitions = [...names.map((name) => `$${name}:[_Any!]!`), ...variables.values()]
  const fields = fetches.map(({ selection }, place) => {
    const name = shareName(place)
    return `${name}:_entities(representations:$${name})${selection}`
  })
  return `query ${operationName}(${definitions.join(' ')}){${fields.join(' ')}}${[...fragments.values()].join('')}`
}
