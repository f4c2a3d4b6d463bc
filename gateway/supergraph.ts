import { Kind, type DirectiveNode, type DocumentNode } from 'graphql'

/** A text that no graph can be served by; the message says why. */
export class UnusableSupergraph extends Error {
  override readonly name = 'UnusableSupergraph'
}

/** The subgraphs that a supergraph is composed of, by name, and where each answers, as it says: composition lists them in an enum. */
export function subgraphUrls({ definitions }: DocumentNode): Map<string, string> {
  const graphs = definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph'
      ? (definition.values ?? [])
      : [],
  )
  const places = graphs.flatMap(({ directives = [] }) =>
    directives.filter(({ name }) => name.value === 'join__graph').map(namedArguments),
  )
  return new Map(places.flatMap(({ name, url = '' }) => (name === undefined ? [] : [[name, url]])))
}

function namedArguments({ arguments: given = [] }: DirectiveNode): Partial<Record<string, string>> {
  return Object.fromEntries(
    given.flatMap(({ name, value }) => (value.kind === Kind.STRING ? [[name.value, value.value]] : [])),
  )
}

/** The fields, such as `Product.similar`, that their subgraph has marked as lists which only decorate what they stand on. */
export function decorationsIn({ definitions }: DocumentNode): Set<string> {
  const fields = definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => ({ type: definition.name.value, field }))
      : [],
  )
  const marked = fields.filter(({ field }) => field.directives?.some(({ name }) => name.value === 'decoration'))
  return new Set(marked.map(({ type, field }) => `${type}.${field.name.value}`))
}
