import { GraphQLError, visit, type ASTNode, type DocumentNode } from 'graphql'

/**
 * A plan asks for fields that the client did not, under the names of the schema, and it cannot ask for two fields under
 * one name on two members of a union: Apollo gives one of them a name of its own, and loses a value of 0, false or ''
 * on the way back. So an alias is planned and fetched under a name that no schema has and that holds the field's too.
 * Fields that merge are one field by one alias: they still merge.
 */
const prefix = 'souk_'

/** What every operation is planned as, since clients may call the same otherwise; a fetch bears the name that its client gave. */
export const plannedName = 'souk'

/** What the client calls a field, by what we call it. */
export type ClientNames = ReadonlyMap<string, string>

/** The length keeps apart what an alias and a field could spell together. */
function ownName(alias: string, field: string): string {
  return `${prefix}${alias.length}_${alias}_${field}`
}

/** The same document with our names for the client's aliases. */
export function withOwnNames<Node extends ASTNode>(node: Node): Node {
  return visit(node, {
    Field({ alias, ...field }) {
      if (alias === undefined) return undefined
      if (alias.value === field.name.value) return field
      return { ...field, alias: { ...alias, value: ownName(alias.value, field.name.value) } }
    },
  })
}

/** The way back from the names that `withOwnNames` gives in the client's document. */
export function clientNamesIn(document: DocumentNode): ClientNames {
  const names = new Map<string, string>()
  visit(document, {
    Field({ alias, name }) {
      if (alias !== undefined && alias.value !== name.value) names.set(ownName(alias.value, name.value), alias.value)
    },
  })
  return names
}

/** What Apollo adds to one of two names that it cannot fetch as they are. It takes that away in data, but not in paths. */
const apolloSuffix = /__alias_\d+$/

/** A path by the client's names. */
export function withClientPath(path: readonly (string | number)[], names: ClientNames): (string | number)[] {
  return path.map((key) => {
    if (typeof key === 'number') return key
    const own = names.has(key) ? key : key.replace(apolloSuffix, '')
    return names.get(own) ?? own
  })
}

/** The same error, with its path by the client's names. */
export function errorByClientNames(error: GraphQLError, names: ClientNames): GraphQLError {
  const { message, path, extensions, originalError } = error
  if (path === undefined) return error
  return new GraphQLError(message, {
    path: withClientPath(path, names),
    extensions,
    originalError: originalError ?? null,
  })
}

/** The same data by the client's names. */
export function withClientNames(data: Fields, names: ClientNames): Fields {
  return names.size === 0 ? data : renamedFields(data, names)
}

type Fields = Readonly<Record<string, unknown>>

function renamed(value: unknown, names: ClientNames): unknown {
  if (Array.isArray(value)) return value.map((inner) => renamed(inner, names))
  return value !== null && typeof value === 'object' ? renamedFields(value, names) : value
}

function renamedFields(data: object, names: ClientNames): Fields {
  // Unlike an assignment, this makes a field of `__proto__` too.
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [names.get(name) ?? name, renamed(value, names)]),
  )
}

/** @throws Error when a field or an alias could not be distinguished: the schema has a name that begins with the prefix */
export function requireNoOwnNames(names: Iterable<string>): void {
  for (const name of names) {
    if (name.startsWith(prefix))
      throw new Error(`a field of the schema is called ${name}; the gateway needs that prefix`)
  }
}
