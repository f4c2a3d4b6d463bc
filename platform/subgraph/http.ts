/** What the gateway and a subgraph agree on where there is a network between them: both ends import it. */

export const paths = {
  /** `POST`, JSON in and out: `query`, `variables`, `operationName`. */
  graphql: '/graphql',
  /** 200 while the process is alive. */
  alive: '/healthz',
  /**
   * 200 from when the stores and the bus have come up until it stops, whatever becomes of them: what an orchestrator asks before it
   * sends requests. All replicas have the same stores, so that none would be left to answer while one of these is away.
   */
  started: '/startedz',
  /** 200 when the subgraph can answer, 503 when it cannot, within `readinessPatience`. */
  ready: '/readyz',
  /** The public keys of the access tokens; of users alone. */
  keys: '/jwks.json',
} as const

/** Names of headers, as Node gives them: in lower case. */
export const headers = {
  /** Who is asking, signed by the gateway for this subgraph. Nothing is answered without it. */
  passport: 'souk-passport',
  /** In whose name a subgraph asks the graph back, signed by the gateway for itself; both ways. */
  errand: 'souk-errand',
  /** Where the gateway's client connects from. */
  clientAddress: 'souk-client-address',
  traceparent: 'traceparent',
  /** Milliseconds in which the gateway still wants the answer. */
  deadline: 'souk-deadline',
} as const

/** Accepted for a subscription, which is answered so. */
export const eventStream = 'text/event-stream'

/** Bytes of a request at most. */
export const largestRequest = 1_048_576

/** Milliseconds that a subgraph takes at most to say whether it is ready. */
export const readinessPatience = 1_500

/** Milliseconds that a subgraph keeps an idle connection; the gateway lets go of it sooner, so that it writes to none that is closing. */
export const idleConnectionsKept = 30_000
