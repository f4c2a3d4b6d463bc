import type { GraphQLSchema } from 'graphql'

import type { FetchDataRewrite } from '../apollo/planner.ts'
import { fieldOf, isFields, setField, type Fields } from './fields.ts'
import { isOfType } from './types.ts'

/** Changes an object in place, as a plan asks for where a subgraph calls something by another name. */
export type Rewrite = (object: unknown) => void

const fragment = '... on '

export function rewriting(rewrites: readonly FetchDataRewrite[] = [], schema: GraphQLSchema): Rewrite | undefined {
  if (rewrites.length === 0) return undefined
  return (object) => {
    for (const rewrite of rewrites) apply(rewrite, { value: object, depth: 0, schema })
  }
}

interface At {
  readonly value: unknown
  readonly depth: number
  readonly schema: GraphQLSchema
}

function apply(rewrite: FetchDataRewrite, at: At): void {
  const { value, depth, schema } = at
  if (Array.isArray(value)) {
    for (const element of value) apply(rewrite, { ...at, value: element })
    return
  }
  const part = rewrite.path[depth]
  if (!isFields(value) || part === undefined) return
  const next = { ...at, depth: depth + 1 }
  if (part.startsWith(fragment)) {
    const { __typename: typename } = value
    if (typename === undefined || isOfType(schema, typename, part.slice(fragment.length))) apply(rewrite, next)
  } else if (depth === rewrite.path.length - 1) change(value, part, rewrite)
  else apply(rewrite, { ...next, value: fieldOf(value, part) })
}

function change(object: Fields, name: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') {
    setField(object, name, rewrite.setValueTo)
    return
  }
  const value = fieldOf(object, name)
  if (value === undefined) return
  setField(object, rewrite.renameKeyTo, value)
  Reflect.deleteProperty(object, name)
}
