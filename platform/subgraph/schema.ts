import { readFileSync } from 'node:fs'

import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse, type GraphQLSchema } from 'graphql'
import { applyMiddleware } from 'graphql-middleware'

import { readArgumentsAlike } from '../graphql/arguments.ts'
import { forgetLoaded } from '../graphql/forget-loaded.ts'
import { leaveOpen } from '../graphql/leave-open.ts'
import { denyByDefault, type TypeRules } from '../graphql/rules.ts'
import { readDefinitions, withShared } from '../graphql/shared-definitions.ts'
import { currencyCodeScalar, dateTimeScalar, minorUnitsScalar } from '../graphql/scalars.ts'

type SubgraphModules = Parameters<typeof buildSubgraphSchema>[0]
export type ResolverMap = NonNullable<Extract<SubgraphModules, { typeDefs: unknown; resolvers?: unknown }>['resolvers']>

const sharedScalars = { DateTime: dateTimeScalar, MinorUnits: minorUnitsScalar, CurrencyCode: currencyCodeScalar }

export interface SchemaParts {
  /** Its own SDL. */
  readonly schemaFile: URL
  /** The folder of the SDL that it owns together with others; what it does not refer to is left out. */
  readonly sharedSchemas: URL
  readonly resolvers: object
  readonly permissions: TypeRules
}

/**
 * The executable schema of one subgraph: its `schema.graphql` with what it shares, its resolvers, the shared scalars it
 * names, arguments read as everywhere, and its permissions around every field.
 */
export function subgraphSchema(parts: SchemaParts): GraphQLSchema {
  const typeDefs = withShared(parse(readFileSync(parts.schemaFile, 'utf8')), readDefinitions(parts.sharedSchemas))
  const named = new Set(typeDefs.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])))
  const scalars = Object.fromEntries(Object.entries(sharedScalars).filter(([name]) => named.has(name)))
  // Generated resolver types are stricter than what Apollo declares; the cast is the edge between the two.
  const resolvers = { ...scalars, ...parts.resolvers } as ResolverMap
  const schema = readArgumentsAlike(buildSubgraphSchema({ typeDefs, resolvers }))
  const rules = denyByDefault(parts.permissions)
  // Only a type of the schema may be named.
  const guarded = schema.getMutationType()
    ? applyMiddleware(schema, { Mutation: forgetLoaded }, rules)
    : applyMiddleware(schema, rules)
  return leaveOpen(guarded, { unguarded: schema, rules: parts.permissions })
}
