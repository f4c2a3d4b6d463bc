export const subgraphNames = [
  'products',
  'inventory',
  'users',
  'cart',
  'orders',
  'payments',
  'notifications',
  'recommendations',
  'operations',
] as const

/** The name of the own database of a subgraph, or of the bus. */
export function databaseName(owner: string): string {
  return `souk_${owner}`
}
