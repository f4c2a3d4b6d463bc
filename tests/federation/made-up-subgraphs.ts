import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  graphql,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'

import type { SubgraphLink } from '../../gateway/dependencies.ts'
import { readDefinitions, withShared } from '../../platform/graphql/shared-definitions.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'

const root = new URL('../../', import.meta.url)
const shared = readDefinitions(new URL('contracts/graph/', root))

/** What was made up so far of one object: where it came from decides all that is made up of it. An entity has its key instead. */
interface MadeUp {
  readonly origin?: string
}

export interface MakingUp {
  /** Of a hundred fields, how many are null where they may be; and how many fail. */
  readonly nulls: number
  readonly failures: number
  /** Elements of each list; up to three, unless it is said. */
  readonly elements?: number
}

/**
 * The shop's subgraphs with everything made up: the same request is always given the same answer, with nulls and failures
 * in it, and two that differ are given different ones.
 */
export function madeUpSubgraphs(how: MakingUp): ReadonlyMap<string, SubgraphLink> {
  return new Map(
    readSubgraphList(fileURLToPath(root)).map(({ name, schemaFile }) => {
      const definitions = withShared(parse(readFileSync(new URL(schemaFile, root), 'utf8')), shared)
      const schema = buildSubgraphSchema({ typeDefs: definitions, resolvers: {} })
      return [name, { ready: () => Promise.resolve(true), execute: answering(name, schema, how) }]
    }),
  )
}

function answering(name: string, schema: GraphQLSchema, how: MakingUp): SubgraphLink['execute'] {
  const fieldResolver = makingUp(schema, how)
  return async ({ query, variables, operationName }) => {
    const answer = await graphql({
      ...{ schema, source: query, variableValues: { ...variables }, fieldResolver },
      ...(operationName !== undefined && { operationName }),
      rootValue: { origin: name },
    })
    return structuredCloneOf(answer)
  }
}

/** As it would come over a network: nobody else holds a part of it. */
function structuredCloneOf({ data, errors }: Awaited<ReturnType<typeof graphql>>) {
  const copy: typeof data = data === undefined ? data : JSON.parse(JSON.stringify(data))
  return { ...(copy !== undefined && { data: copy }), ...(errors !== undefined && { errors }) }
}

function makingUp(
  schema: GraphQLSchema,
  { nulls, failures, elements }: MakingUp,
): GraphQLFieldResolver<MadeUp, unknown> {
  return (...[source, given, , { fieldName, returnType, parentType }]) => {
    const own = Object.hasOwn(source, fieldName) ? Reflect.get(source, fieldName) : undefined
    if (own !== undefined) return own
    const origin = `${source.origin ?? JSON.stringify(source)}/${parentType.name}.${fieldName}(${JSON.stringify(given)})`
    if (chance(`${origin} fails`) < failures) {
      throw new GraphQLError('It failed.', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } })
    }
    return made(returnType, origin)
  }

  function made(type: GraphQLOutputType, origin: string): unknown {
    const inner = getNullableType(type)
    if (!isNonNullType(type) && chance(`${origin} is null`) < nulls) return null
    if (isListType(inner)) {
      return Array.from({ length: elements ?? chance(`${origin} length`) % 4 }, (_, at) =>
        made(inner.ofType, `${origin}[${at}]`),
      )
    }
    if (isObjectType(inner)) return { __typename: inner.name, origin }
    if (isAbstractType(inner)) {
      const members = schema.getPossibleTypes(inner)
      return { __typename: members[chance(`${origin} type`) % members.length]?.name, origin }
    }
    if (isEnumType(inner)) return inner.getValues()[chance(origin) % inner.getValues().length]?.value
    return scalar(inner.name, origin)
  }
}

function scalar(type: string, origin: string): unknown {
  switch (type) {
    case 'Int':
    case 'MinorUnits':
      return chance(origin)
    case 'Float':
      return chance(origin) / 8
    case 'Boolean':
      return chance(origin) % 2 === 0
    default:
      return `${type} ${chance(origin)}`
  }
}

/** From 0 to 99, and the same for the same text. */
function chance(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE() % 100
}
