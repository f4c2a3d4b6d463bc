import { visit, type ASTNode } from 'graphql'

/**
 * A plan asks for fields that the client did not, under the names of the schema. An alias may be such a name, so aliases
 * are planned and fetched under names that no schema has: theirs behind a prefix. Two aliases are equal behind it when
 * they were equal before, so fields that merge still merge.
 */
const prefix = 'souk_'

/** The same document with our names for the client's aliases. */
export function withOwnNames<Node extends ASTNode>(node: Node): Node {
  return visit(node, {
    Field({ alias, ...field }) {
      if (alias === undefined) return undefined
      if (alias.value === field.name.value) return field
      return { ...field, alias: { ...alias, value: prefix + alias.value } }
    },
  })
}

/** What the client calls it. */
export function clientName(name: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}

/** The same data by the client's names. */
export function withClientNames(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return renamedFields(data)
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  return value !== null && typeof value === 'object' ? renamedFields(value) : value
}

function renamedFields(data: object): Record<string, unknown> {
  // Unlike an assignment, this makes a field of `__proto__` too.
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [clientName(name), renamed(value)]))
}

/** @throws Error when a field or an alias could not be told apart: the schema has a name that begins with the prefix */
export function requireNoOwnNames(names: Iterable<string>): void {
  for (const name of names) {
    if (name.startsWith(prefix))
      throw new Error(`a field of the schema is called ${name}; the gateway needs that prefix`)
  }
}
