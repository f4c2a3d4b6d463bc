import { isObjectType, type GraphQLSchema } from 'graphql'

import { allow, type TypeRules } from './rules.ts'

interface Guarding {
  /** The schema as it was before its rules were put around its fields. */
  readonly unguarded: GraphQLSchema
  readonly rules: TypeRules
}

/**
 * Takes the guard off fields that everybody may read: asking a rule makes a field wait for several promises, and most
 * fields are values that are there. A mutation keeps what is around it. Changes the guarded schema.
 */
export function leaveOpen(guarded: GraphQLSchema, { unguarded, rules }: Guarding): GraphQLSchema {
  for (const type of Object.values(guarded.getTypeMap())) {
    const before = unguarded.getType(type.name)
    if (!isObjectType(type) || !isObjectType(before) || type === guarded.getMutationType()) continue
    const resolvers = before.getFields()
    for (const field of Object.values(type.getFields())) {
      const resolver = resolvers[field.name]
      if (resolver === undefined || !isOpen(rules[type.name], field.name)) continue
      if (resolver.resolve === undefined) delete field.resolve
      else field.resolve = resolver.resolve
    }
  }
  return guarded
}

function isOpen(ofType: TypeRules[string] | undefined, field: string): boolean {
  if (ofType === undefined || ofType === allow) return ofType === allow
  return fieldsOf(ofType).get(field) === allow
}

/** None for a rule that stands for the whole type. */
function fieldsOf(ofType: TypeRules[string]): ReadonlyMap<string, unknown> {
  return new Map(Object.getPrototypeOf(ofType) === Object.prototype ? Object.entries(ofType) : [])
}
