import type { Environment } from '../platform/config.ts'

/** What differs from subgraph to subgraph is named after it where one process needs them all: CART_DATABASE_URL. */
export function environmentOf(subgraph: string, environment: Environment): Environment {
  const own = ['DATABASE_URL', 'DATABASE_URL_FILE'].map(
    (name) => [name, environment[`${subgraph.toUpperCase()}_${name}`]] as const,
  )
  return { ...environment, ...Object.fromEntries(own) }
}
