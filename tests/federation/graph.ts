import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'

import type { Given, Settings, SubgraphName, Subgraphs } from '../../embedded/composition/compose.ts'
import type { SubgraphLink } from '../../gateway/dependencies.ts'
import { graphByCall } from '../../embedded/composition/graph-by-call.ts'
import { createGateway, type Gateway } from '../../gateway/gateway.ts'
import { systemClock } from '../../platform/clock.ts'
import { accessTokenVerifier } from '../../platform/identity/access-token.ts'
import { errandControl } from '../../platform/identity/errand.ts'
import { createLogger, type Logger } from '../../platform/telemetry/logging.ts'
import type { PostgresDatabase } from '../../platform/postgres/database.ts'
import type { AskGraph } from '../../platform/subgraph/ask-graph.ts'
import type { Subgraph, SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { createHarness, type Harness } from '../support/harness.ts'
import { registeredOperations, type Client, type HttpAnswer, type Json } from '../support/shopping.ts'

/** One fetch of the gateway from a subgraph, and how many SQL statements that took there. */
export interface Fetched {
  readonly subgraph: string
  readonly request: SubgraphRequest
  statements: number
}

/** What a link does in place of passing the request on. */
export type Fault = SubgraphLink['execute']

export interface Graph {
  readonly harness: Harness
  readonly members: Members
  /** @param traceparent what the client begins its requests with */
  client(token?: string, traceparent?: string): Client
  /** A request as it comes to the door. */
  knock(request: Knock): Promise<HttpAnswer>
  /** Does it, and reports which fetches it took. */
  watched(work: () => Promise<unknown>): Promise<Fetched[]>
  /** Lets a subgraph answer so until `mend`. */
  breakDown(subgraph: string, fault: Fault): void
  mend(): void
  stop(): Promise<void>
}

/** Milliseconds; long enough for what works, and what hangs is waited for this long. */
export const fetchDeadline = 2_500
/** What assistant and cart share. */
export const proposalSecret = 'a secret of the tests, 32 characters at least'
const supergraphSdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8')

export interface GraphOptions {
  /** How the gateway reaches a subgraph; by a call, unless it is said. */
  reach?(subgraph: Subgraph, harness: Harness): Promise<SubgraphLink>
  /** The gateway's. */
  readonly log?: Logger
  /** Another model than the planner, or fewer guards. */
  readonly assistant?: Settings['assistant']
  /** Fewer checks of proposals. */
  readonly proposalGuards?: Settings['proposalGuards']
  /** What stands between the assistant and the graph. */
  around?(askGraph: AskGraph): AskGraph
}

/** All nine subgraphs behind the real gateway, in this process: each request is a call, and nothing listens, unless it is said. */
export async function openGraph({
  log = createLogger('silent'),
  reach = (subgraph) => Promise.resolve(subgraphLink(subgraph)),
  assistant = {},
  proposalGuards,
  around = (askGraph) => askGraph,
}: GraphOptions = {}): Promise<Graph> {
  const harness = await createHarness()
  const door: { gateway?: Gateway } = {}
  const askGraph = graphByCall(() => door.gateway)
  const running = new AsyncLocalStorage<Fetched>()
  const members = await addAll({ harness, running, assistant, proposalGuards, askGraph: around(askGraph) })
  const faults = new Map<string, Fault>()
  let watching: Fetched[] | undefined

  async function link(name: string, subgraph: Subgraph): Promise<SubgraphLink> {
    const own = await reach(subgraph, harness)
    return {
      ...own,
      async execute(request) {
        const fetched: Fetched = { subgraph: name, request, statements: 0 }
        watching?.push(fetched)
        return running.run(fetched, () => (faults.get(name) ?? own.execute)(request))
      },
    }
  }

  const jwks = () => members.users.jwks()
  const links = Object.entries(members).map(async ([name, subgraph]) => [name, await link(name, subgraph)] as const)
  const gateway = await createGateway({
    supergraphSdl,
    subgraphs: new Map(await Promise.all(links)),
    identify: accessTokenVerifier({ jwks, clock: systemClock, hasEnded: harness.hasEnded }),
    passports: harness.passports,
    readErrand: errandControl({ publicKey: harness.passportKey, clock: systemClock }),
    jwks,
    log,
    config: {
      production: false,
      graphiqlFolder: import.meta.dirname,
      fetchDeadline,
      hosts: { bind: 'localhost', allowed: undefined },
      corsOrigins: [],
    },
  })

  door.gateway = gateway

  async function knock({ headers, payload }: Knock): Promise<HttpAnswer> {
    const answer = await gateway.server.inject({ method: 'POST', url: '/graphql', headers, payload })
    const body: Json = JSON.parse(answer.payload)
    return { status: answer.statusCode, data: body.data, errors: body.errors ?? [] }
  }

  const send: Send = (query, variables, { token, traceparent }) =>
    knock({
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(traceparent !== undefined && { traceparent }),
      },
      payload: { query, variables },
    })

  return {
    harness,
    members,
    knock,
    client: (token, traceparent) => clientOf(send, { token, traceparent }),
    async watched(work) {
      const fetched: Fetched[] = []
      watching = fetched
      await work()
      watching = undefined
      return fetched
    },
    breakDown: (subgraph, fault) => void faults.set(subgraph, fault),
    mend: () => faults.clear(),
    async stop() {
      await gateway.close(1_000)
      await harness.stop()
    },
  }
}

function subgraphLink(subgraph: Subgraph): SubgraphLink {
  return { ready: () => subgraph.ready(), execute: (request) => subgraph.execute(request) }
}

const operations = registeredOperations()

export interface Knock {
  readonly headers: Readonly<Record<string, string>>
  readonly payload: object
}

interface Sender {
  readonly token: string | undefined
  readonly traceparent: string | undefined
}
type Send = (query: string, variables: unknown, sender: Sender) => Promise<HttpAnswer>

function clientOf(send: Send, { token, traceparent }: Sender): Client {
  const client: Client = {
    token,
    run(operationName, variables) {
      const query = operations.get(operationName)
      if (query === undefined) throw new Error(`clients/ has no operation ${operationName}`)
      return client.send(query, variables)
    },
    send: (query, variables = {}) => send(query, variables, { token: client.token, traceparent }),
  }
  return client
}

export type Members = Awaited<ReturnType<typeof addAll>>

interface MemberParts {
  readonly harness: Harness
  readonly running: AsyncLocalStorage<Fetched>
  readonly assistant: Settings['assistant']
  readonly proposalGuards: Settings['proposalGuards']
  readonly askGraph: AskGraph
}

async function addAll({ harness, running, assistant, proposalGuards, askGraph }: MemberParts) {
  const config = {
    NODE_ENV: 'test',
    PAYMENT_DEADLINE_MS: 500,
    NEW_STOCK_WAIT_MS: 5_000,
    PROPOSAL_SECRET: proposalSecret,
  } as const
  function add<Name extends SubgraphName>(name: Name): Promise<Subgraphs[Name]> {
    const given = (own: Given) => ({ ...own, database: counted(own.database, running) })
    return harness.add(name, {
      ...{ config, given, askGraph },
      ...(assistant && { assistant }),
      ...(proposalGuards && { proposalGuards }),
    })
  }
  return {
    products: await add('products'),
    inventory: await add('inventory'),
    users: await add('users'),
    cart: await add('cart'),
    orders: await add('orders'),
    payments: await add('payments'),
    notifications: await add('notifications'),
    recommendations: await add('recommendations'),
    operations: await add('operations'),
  }
}

/** The same database, which counts the statements that are run for a fetch. */
function counted(database: PostgresDatabase, running: AsyncLocalStorage<Fetched>): PostgresDatabase {
  function count(): void {
    const fetched = running.getStore()
    if (fetched !== undefined) fetched.statements += 1
  }
  return {
    ...database,
    query(text, values) {
      count()
      return database.query(text, values)
    },
    transaction: (work) =>
      database.transaction((transaction) =>
        work({
          ...transaction,
          query(text, values) {
            count()
            return transaction.query(text, values)
          },
        }),
      ),
  }
}
