import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  execute,
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  type GraphQLInterfaceType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'

import type { SubgraphLink } from '../../../gateway/dependencies.ts'
import { readDefinitions, withShared } from '../../../platform/graphql/shared-definitions.ts'
import { readSubgraphList } from '../../../platform/subgraph/list.ts'
import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'

const root = new URL('../../../', import.meta.url)
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
  /** Whether all entities of a type are the same one. */
  readonly oneOfEach?: boolean
  /** What a subgraph answers in the place of what it was asked; undefined where it answers that. */
  outage?(subgraph: string): ExecutionResult | Error | undefined
}

export interface SubgraphDefinition {
  readonly name: string
  readonly definitions: DocumentNode
}

/** The shop's own. */
export function shopDefinitions(): SubgraphDefinition[] {
  return readSubgraphList(fileURLToPath(root)).map(({ name, schemaFile }) => ({
    name,
    definitions: withShared(parse(readFileSync(new URL(schemaFile, root), 'utf8')), shared),
  }))
}

/**
 * Subgraphs with everything made up: the same request is always given the same answer, with nulls and failures
 * in it, and two that differ are given different ones.
 */
export function madeUpSubgraphs(
  how: MakingUp,
  definitions: readonly SubgraphDefinition[] = shopDefinitions(),
): ReadonlyMap<string, SubgraphLink> {
  return new Map(
    definitions.map(({ name, definitions: typeDefs }) => {
      const schema = buildSubgraphSchema({ typeDefs, resolvers: {} })
      for (const type of Object.values(schema.getTypeMap())) {
        if (isInterfaceType(type)) type.resolveType = (value) => memberOf(type, value, schema)
      }
      return [name, { ready: () => Promise.resolve(true), execute: answering(name, schema, how) }]
    }),
  )
}

/** An entity that comes by the name of its interface alone is of the member that its key makes it. */
function memberOf(type: GraphQLInterfaceType, value: unknown, schema: GraphQLSchema): string | undefined {
  const { __typename: typename } = { __typename: undefined, ...(value as { readonly __typename?: string }) }
  if (typename !== undefined && isObjectType(schema.getType(typename))) return typename
  const members = schema.getPossibleTypes(type)
  return members[chance(JSON.stringify(value)) % members.length]?.name
}

/** Of how many questions the answers are remembered: both executors ask most of them. */
const remembered = 500

function answering(name: string, schema: GraphQLSchema, how: MakingUp): SubgraphLink['execute'] {
  const fieldResolver = makingUp(schema, how)
  const documents = new LRUCache<string, DocumentNode>({ max: remembered, memoMethod: (query) => valid(query, schema) })
  const answers = new LRUCache<string, Promise<string>>({ max: remembered })

  async function answer({ query, variables, operationName }: SubgraphRequest): Promise<string> {
    const made = await execute({
      ...{ schema, document: documents.memo(query), variableValues: { ...variables }, fieldResolver },
      ...(operationName !== undefined && { operationName }),
      rootValue: { origin: name },
    })
    return JSON.stringify(made)
  }

  return async (request) => {
    const outage = how.outage?.(name)
    if (outage instanceof Error) throw outage
    if (outage !== undefined) return outage
    const { query, variables, operationName } = request
    const question = JSON.stringify([query, variables, operationName])
    const known = answers.get(question) ?? answer(request)
    answers.set(question, known)
    return answerShape.parse(JSON.parse(await known))
  }
}

function valid(query: string, schema: GraphQLSchema): DocumentNode {
  const document = parse(query)
  const [mistake] = validate(schema, document)
  if (mistake !== undefined) throw mistake
  return document
}

/** As it would come over a network: nobody else holds a part of it. */
const answerShape = z
  .object({
    data: z.record(z.string(), z.unknown()).nullish(),
    errors: z.array(z.custom<GraphQLFormattedError>()).optional(),
  })
  .transform(({ data, errors }) => ({
    ...(data !== undefined && { data }),
    ...(errors && {
      errors: errors.map(
        ({ message, path, extensions }) =>
          new GraphQLError(message, { path: path ?? null, extensions: extensions ?? null }),
      ),
    }),
  }))

function makingUp(
  schema: GraphQLSchema,
  { nulls, failures, elements, oneOfEach = false }: MakingUp,
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
    return oneOfEach && inner.name === 'ID' ? 'ID' : scalar(inner.name, origin)
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
