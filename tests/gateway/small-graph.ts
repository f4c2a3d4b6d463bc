import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout as pass } from 'node:timers/promises'

import { composeServices } from '@apollo/composition'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { graphql, parse } from 'graphql'
import { z } from 'zod'

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])`

const books = [
  { id: '1', title: 'Middlemarch' },
  { id: '2', title: 'Emma' },
]

export const catalogueSdl = `${link}
  "A date as its subgraph writes it."
  scalar DateTime
  type Query { books(first: Int = 10): [Book!]! book(id: ID!): Book since(day: DateTime!): DateTime! }
  type Mutation { rename(id: ID!, title: String!): Book }
  type Book @key(fields: "id") { id: ID! title: String! }`

export const reviewsSdl = `${link}
  type Query { critic: String! }
  type Book @key(fields: "id") { id: ID! reviews: [Review!]! }
  type Review { text: String! by: String! }`

/** The same with a field more. */
export const ratedReviewsSdl = reviewsSdl.replace('reviews: [Review!]!', 'reviews: [Review!]! rating: Int!')

const catalogue = {
  Query: {
    books: () => books,
    book: (_: unknown, { id }: { id: string }) => books.find((book) => book.id === id),
    since: (_: unknown, { day }: { day: string }) => day,
  },
  Mutation: { rename: (_: unknown, book: { id: string; title: string }) => book },
  Book: { __resolveReference: ({ id }: { id: string }) => books.find((book) => book.id === id) },
}

function reviewsBy(critic: string) {
  return {
    Query: { critic: () => critic },
    Book: {
      __resolveReference: (book: { id: string }) => book,
      reviews: ({ id }: { id: string }) => [{ text: `About ${id}`, by: critic }],
      rating: ({ id }: { id: string }) => Number(id),
    },
  }
}

export interface SmallSubgraph {
  readonly url: string
  /** Of each operation that arrived since the start. */
  readonly arrived: readonly { readonly query: string; readonly headers: IncomingHttpHeaders }[]
  close(): Promise<void>
}

const operation = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() })

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']>

/** A subgraph as anybody may have written one: Apollo's library behind a bare server, which knows nothing of Souk. */
async function smallSubgraph(typeDefs: string, resolvers: Resolvers, latency = 0): Promise<SmallSubgraph> {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers })
  const arrived: { query: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method !== 'POST' || request.url !== '/api/graphql') return response.writeHead(404).end()
      const { query, variables } = operation.parse(await json(request))
      arrived.push({ query, headers: request.headers })
      if (latency > 0) await pass(latency)
      const answer = await graphql({ schema, source: query, ...(variables && { variableValues: variables }) })
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/api/graphql`,
    arrived,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

export const catalogueSubgraph = () => smallSubgraph(catalogueSdl, catalogue)
/** @param latency milliseconds before each answer */
export const reviewsSubgraph = (critic: string, latency = 0) =>
  smallSubgraph(ratedReviewsSdl, reviewsBy(critic), latency)

/** A supergraph of the two, as Rover or a build step would write it. */
export function composed(services: readonly { name: string; url: string; sdl: string }[]): string {
  const { supergraphSdl, errors } = composeServices(
    services.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  )
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('; '))
  return supergraphSdl
}
