import { isEnumType, type GraphQLLeafType } from 'graphql'

/** Whether a value that a subgraph sent is one of its type; of scalars that are the shop's own, whatever it sent. */
export type IsOfLeaf = (value: unknown) => boolean

const builtIn: ReadonlyMap<string, IsOfLeaf> = new Map([
  ['Int', (value) => Number.isInteger(value)],
  ['Float', (value) => typeof value === 'number'],
  ['String', (value) => typeof value === 'string'],
  ['Boolean', (value) => typeof value === 'boolean'],
  ['ID', (value) => typeof value === 'string' || Number.isInteger(value)],
])

export function leaf(type: GraphQLLeafType): IsOfLeaf {
  if (!isEnumType(type)) return builtIn.get(type.name) ?? (() => true)
  const names = new Set(type.getValues().map(({ name }) => name))
  return (value) => typeof value === 'string' && names.has(value)
}
