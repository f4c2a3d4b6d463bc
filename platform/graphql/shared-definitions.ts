import { readdirSync, readFileSync } from 'node:fs'

import { concatAST, isTypeExtensionNode, Kind, parse, visit, type DefinitionNode, type DocumentNode } from 'graphql'

/** The SDL of a folder, such as the one that several subgraphs own together. Its URL ends with a slash. */
export function readDefinitions(folder: URL): DocumentNode {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
  return concatAST(files.map((name) => parse(readFileSync(new URL(name, folder), 'utf8'))))
}

/**
 * A subgraph's own SDL, with those of the shared definitions that it refers to, and that these refer to. What it defines
 * itself stays its own. The shared `extend schema @link(...)` is added where it has none.
 */
export function withShared(own: DocumentNode, shared: DocumentNode): DocumentNode {
  const added = new Set<DefinitionNode>()
  const defined = new Set(own.definitions.flatMap(nameOf))

  function addReferencesOf(node: DocumentNode | DefinitionNode): void {
    for (const name of referencesIn(node)) {
      const definition = defined.has(name) ? undefined : shared.definitions.find((each) => nameOf(each)[0] === name)
      if (definition === undefined || added.has(definition)) continue
      added.add(definition)
      addReferencesOf(definition)
    }
  }

  addReferencesOf(own)
  const header = own.definitions.some(isHeader) ? [] : shared.definitions.filter(isHeader)
  return { kind: Kind.DOCUMENT, definitions: [...header, ...own.definitions, ...added] }
}

function isHeader({ kind }: DefinitionNode): boolean {
  return kind === Kind.SCHEMA_EXTENSION
}

/** Of a directive, with its sign. What extends a definition is none. */
function nameOf(definition: DefinitionNode): string[] {
  if (!('name' in definition) || definition.name === undefined || isTypeExtensionNode(definition)) return []
  const { kind, name } = definition
  return [kind === Kind.DIRECTIVE_DEFINITION ? `@${name.value}` : name.value]
}

function referencesIn(node: DocumentNode | DefinitionNode): string[] {
  const names: string[] = []
  visit(node, {
    NamedType: ({ name }) => void names.push(name.value),
    Directive: ({ name }) => void names.push(`@${name.value}`),
  })
  return names
}
