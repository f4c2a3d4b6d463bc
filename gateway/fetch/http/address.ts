import type { ExecutionResult } from 'graphql'
import { errors, Pool, type Dispatcher } from 'undici'

import { asError } from '../../../platform/errors.ts'
import { headers, idleConnectionsKept } from '../../../platform/subgraph/http.ts'
import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'
import { LinkFailure, type FailureKind } from '../link-failure.ts'
import { spreadingLookup } from './lookup.ts'
import { largestAnswer, readAnswer } from './read-answer.ts'

/** One place where a subgraph answers: kept-alive connections to one origin. */
export interface Address {
  /** @throws LinkFailure; the reason of the signal when that is aborted first */
  send(request: SubgraphRequest, signal: AbortSignal): Promise<ExecutionResult>
  /** What stands at another path of the origin; undefined where its status is not 200. */
  get(path: string, signal: AbortSignal): Promise<string | undefined>
  /** Ends what is still asked, too. */
  close(): Promise<void>
}

const poolOptions: Pool.Options = {
  /** More than a gateway has in hand for one subgraph; what is beyond waits within its deadline. */
  connections: 64,
  /** One request a connection at a time: behind one that hangs nothing else waits. */
  pipelining: 1,
  /** Milliseconds; a name that leads to several replicas is looked up anew for each connection. */
  clientTtl: 30_000,
  /** Milliseconds that an idle connection is kept; shorter than the subgraph does, as it says itself. */
  keepAliveTimeout: 4_000,
  keepAliveMaxTimeout: idleConnectionsKept,
  keepAliveTimeoutThreshold: 2_000,
  connect: { timeout: 1_000, lookup: spreadingLookup },
  /** The signal that comes with each request is the one clock. */
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: largestAnswer,
}

/** @param url where the subgraph takes operations, such as `http://cart:4004/graphql` */
export function httpAddress(url: string): Address {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, poolOptions)
  return {
    async send(request, signal) {
      const response = await asked(pool, { ...posted(request), path: pathname, signal })
      return whole(readAnswer(response), signal)
    },
    async get(path, signal) {
      const { statusCode, body } = await pool.request({ method: 'GET', path, signal })
      const text = await body.text()
      return statusCode === 200 ? text : undefined
    },
    close: () => pool.destroy(),
  }
}

function posted({ query, variables, operationName, ...request }: SubgraphRequest) {
  const { passport, clientAddress, traceparent, deadline } = request
  return {
    method: 'POST' as const,
    body: JSON.stringify({ query, variables, operationName }),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(passport !== undefined && { [headers.passport]: passport }),
      ...(clientAddress !== undefined && { [headers.clientAddress]: clientAddress }),
      ...(traceparent !== undefined && { [headers.traceparent]: traceparent }),
      ...(deadline !== undefined && { [headers.deadline]: String(millisecondsUntil(deadline)) }),
    },
  }
}

function millisecondsUntil(deadline: number): number {
  return Math.max(1, Math.ceil(deadline - performance.now()))
}

async function asked(pool: Pool, options: Dispatcher.RequestOptions & { signal: AbortSignal }) {
  try {
    return await pool.request(options)
  } catch (thrown) {
    throw failureOf(thrown, options.signal, (cause) => (isUnreached(cause) ? 'unreached' : 'lost'))
  }
}

async function whole(answer: Promise<ExecutionResult>, signal: AbortSignal): Promise<ExecutionResult> {
  try {
    return await answer
  } catch (thrown) {
    if (thrown instanceof LinkFailure) throw thrown
    const isTooLarge = (cause: Error) => cause instanceof errors.ResponseExceededMaxSizeError
    throw failureOf(thrown, signal, (cause) => (isTooLarge(cause) ? 'rubbish' : 'broken off'))
  }
}

/** Whoever called it off knows why, whatever the connection says of it. */
function failureOf(thrown: unknown, signal: AbortSignal, kindOf: (cause: Error) => FailureKind): Error {
  if (signal.aborted) return asError(signal.reason)
  const cause = asError(thrown)
  return new LinkFailure(kindOf(cause), cause.message, { cause })
}

const unreached: ReadonlySet<unknown> = new Set([
  ...[
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EHOSTDOWN',
    'ENETDOWN',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EADDRNOTAVAIL',
  ],
  'UND_ERR_CONNECT_TIMEOUT',
])

/** Several addresses of one name fail together, as one error with no code of its own. */
function isUnreached(cause: Error): boolean {
  if (cause instanceof AggregateError) return cause.errors.every((one) => isUnreached(asError(one)))
  return 'code' in cause && unreached.has(cause.code)
}
