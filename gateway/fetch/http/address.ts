import type { ExecutionResult } from 'graphql'
import { errors, type Dispatcher, type Pool } from 'undici'

import { asError } from '../../../platform/errors.ts'
import { headers } from '../../../platform/subgraph/http.ts'
import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'
import { LinkFailure, type FailureKind } from '../link-failure.ts'
import { connectionsTo } from './connections.ts'
import { readAnswer } from './read-answer.ts'

/** One place where a subgraph answers: kept-alive connections to one origin. */
export interface Address {
  /** @throws LinkFailure; the reason of the signal when that is aborted first */
  send(request: SubgraphRequest, signal: AbortSignal): Promise<ExecutionResult>
  /** What stands at another path of the origin; undefined where its status is not 200. */
  get(path: string, signal: AbortSignal): Promise<string | undefined>
  /** Ends what is still asked, too. */
  close(): Promise<void>
}

/** @param url where the subgraph takes operations, such as `http://cart:4004/graphql` */
export function httpAddress(url: string): Address {
  const { origin, pathname } = new URL(url)
  const connections = connectionsTo(origin)
  return {
    async send(request, signal) {
      const response = await asked(connections.current(), { ...posted(request), path: pathname, signal })
      return whole(readAnswer(response), signal)
    },
    async get(path, signal) {
      const { statusCode, body } = await connections.current().request({ method: 'GET', path, signal })
      const text = await body.text()
      return statusCode === 200 ? text : undefined
    },
    close: () => connections.close(),
  }
}

function posted({ query, variables, operationName, ...request }: SubgraphRequest) {
  const { passport, errand, clientAddress, traceparent, deadline } = request
  return {
    method: 'POST' as const,
    body: JSON.stringify({ query, variables, operationName }),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(passport !== undefined && { [headers.passport]: passport }),
      ...(errand !== undefined && { [headers.errand]: errand }),
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

/** Whether there was no connection. Several addresses of one name fail together, as one error. */
function isUnreached(cause: Error): boolean {
  if (cause instanceof AggregateError) return cause.errors.every((one) => isUnreached(asError(one)))
  if (cause instanceof errors.ConnectTimeoutError) return true
  return 'syscall' in cause && (cause.syscall === 'connect' || cause.syscall === 'getaddrinfo')
}
