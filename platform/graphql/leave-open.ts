import { defaultFieldResolver, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'

import { allow, decidingAtOnce, type Rule, type TypeRules } from './rules.ts'

interface Guarding {
  /** The schema as it was before its rules were put around its fields. */
  readonly unguarded: GraphQLSchema
  readonly rules: TypeRules
}

type Resolver = GraphQLFieldResolver<unknown, unknown>

/**
 * Takes the guard off fields that everybody may read, and puts one in its place that decides at once where a rule can:
 * shield's makes a field wait for several promises, and most fields are values that are there. What has another rule or
 * none keeps what is around it, and so do the fields of the roots that change or subscribe. Changes the guarded schema.
 */
export function leaveOpen(guarded: GraphQLSchema, { unguarded, rules }: Guarding): GraphQLSchema {
  for (const type of Object.values(guarded.getTypeMap())) {
    const before = unguarded.getType(type.name)
    if (!isObjectType(type) || !isObjectType(before) || type === guarded.getMutationType()) continue
    const resolvers = before.getFields()
    for (const field of Object.values(type.getFields())) {
      const [resolver, rule] = [resolvers[field.name], ruleOf(rules[type.name], field.name)]
      if (resolver === undefined || rule === undefined) continue
      const decide = type === guarded.getSubscriptionType() ? undefined : decidingAtOnce(rule)
      if (decide !== undefined) field.resolve = guardedBy(decide, resolver.resolve ?? defaultFieldResolver)
      else if (rule !== allow) continue
      else if (resolver.resolve === undefined) delete field.resolve
      else field.resolve = resolver.resolve
    }
  }
  return guarded
}

function guardedBy(decide: NonNullable<ReturnType<typeof decidingAtOnce>>, resolve: Resolver): Resolver {
  return (source, args: Record<string, unknown>, ...rest) => {
    const decided = decide(source, args, rest[0])
    if (decided !== true) throw decided
    return resolve(source, args, ...rest)
  }
}

function ruleOf(ofType: TypeRules[string] | undefined, field: string): Rule | undefined {
  if (ofType === undefined) return undefined
  return isByField(ofType) ? new Map(Object.entries(ofType)).get(field) : ofType
}

/** A rule that stands for the whole type is no plain object. */
function isByField(ofType: TypeRules[string]): ofType is Record<string, Rule> {
  return Object.getPrototypeOf(ofType) === Object.prototype
}
