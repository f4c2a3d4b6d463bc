import { Supergraph } from '@apollo/federation-internals'
import { buildSchema, type GraphQLSchema } from 'graphql'

/** What clients see of a supergraph: without joins, and without what is inaccessible. */
export function publicSchema(supergraphSdl: string): GraphQLSchema {
  return Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema()
}

/** A schema as it is written, such as the one promised to clients. */
export function promisedSchema(sdl: string): GraphQLSchema {
  return buildSchema(sdl)
}
