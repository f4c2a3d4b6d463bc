import { Kind, type DirectiveNode, type DocumentNode } from 'graphql'

/** The subgraphs that a supergraph is composed of, by name, and where each answers: composition lists them in an enum. */
export function subgraphUrls({ definitions }: DocumentNode): Map<string, string> {
  const graphs = definitions.flatMap((definition) =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph'
      ? (definition.values ?? [])
      : [],
  )
  const places = graphs.flatMap(({ directives = [] }) =>
    directives.filter(({ name }) => name.value === 'join__graph').map(namedArguments),
  )
  return new Map(places.flatMap(({ name, url }) => (name === undefined || url === undefined ? [] : [[name, url]])))
}

function namedArguments({ arguments: given = [] }: DirectiveNode): Partial<Record<string, string>> {
  return Object.fromEntries(
    given.flatMap(({ name, value }) => (value.kind === Kind.STRING ? [[name.value, value.value]] : [])),
  )
}
