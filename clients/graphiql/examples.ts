const documents = import.meta.glob<string>('./examples/*.graphql', { query: '?raw', import: 'default', eager: true })
const variables = import.meta.glob<string>('./examples/*.jsonc', { query: '?raw', import: 'default', eager: true })

export interface Example {
  title: string
  query: string
  variables: string
}

const operationName = /^(?:query|mutation) (\w+)/m

/** The shopping trip, one tab a step, in the order of the file names. */
export const examples: readonly Example[] = Object.entries(documents).map(([path, query]) => ({
  title: operationName.exec(query)?.[1] ?? path,
  query,
  variables: variables[path.replace('.graphql', '.variables.jsonc')]?.trim() ?? '',
}))
