import type { ExecutionResult } from 'graphql'
import { LRUCache } from 'lru-cache'

import { headers } from '../../../platform/subgraph/http.ts'
import type { Cancellation } from '../../../platform/work/cancellation.ts'
import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'
import type { Request } from '../client/message.ts'
import { isQuery } from '../operation-type.ts'
import { readAnswer, refusal } from './read-answer.ts'
import { transportTo } from './transport.ts'

/** One place where a subgraph answers: kept-alive connections to one origin. */
export interface Address {
  /** @throws LinkFailure; the reason for which it is called off first */
  send(request: SubgraphRequest, cancellation: Cancellation): Promise<ExecutionResult>
  /** What stands at another path of the origin; undefined where its status is not 200. */
  get(path: string, cancellation: Cancellation): Promise<string | undefined>
  /** Whether a server of GraphQL is there: it answers the smallest question, be it by a refusal. */
  answers(cancellation: Cancellation): Promise<boolean>
  /** Ends what is still asked, too. */
  close(): Promise<void>
}

/** @param url where the subgraph takes operations, such as `http://cart:4004/graphql` */
export function httpAddress(url: string, open = transportTo): Address {
  const { pathname, search } = new URL(url)
  const operations = pathname + search
  const transport = open(new URL(url))

  /** The status, and the text, of whatever is answered. */
  async function look(request: Request, cancellation: Cancellation) {
    let status = 0
    const text = await transport.ask(request, {
      cancellation,
      // A probe asks stores that may be slow: queries would wait behind it.
      mayShare: false,
      judge(head) {
        status = head.status
        return undefined
      },
    })
    return { status, text }
  }

  return {
    send(request, cancellation) {
      const asking = { cancellation, mayShare: isQuery(request.query), judge: refusal }
      return transport.ask(posted(operations, request), asking).then(readAnswer)
    },
    async get(path, cancellation) {
      const { status, text } = await look({ method: 'GET', path, headers: {} }, cancellation)
      return status === 200 ? text : undefined
    },
    async answers(cancellation) {
      const { status } = await look(posted(operations, { query: '{ __typename }', passport: undefined }), cancellation)
      return status < 500
    },
    close: () => transport.close(),
  }
}

function posted(path: string, request: SubgraphRequest): Request {
  const { passport, errand, clientAddress, traceparent, deadline, forwarded } = request
  const sent: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json' }
  if (passport !== undefined) sent[headers.passport] = passport
  if (errand !== undefined) sent[headers.errand] = errand
  if (clientAddress !== undefined) sent[headers.clientAddress] = clientAddress
  if (traceparent !== undefined) sent[headers.traceparent] = traceparent
  if (deadline !== undefined) sent[headers.deadline] = String(millisecondsUntil(deadline))
  return {
    method: 'POST',
    path,
    body: bodyOf(request),
    headers: forwarded === undefined ? sent : { ...forwarded, ...sent },
  }
}

/** How bodies begin, by query, since plans ask the same again and again; so many characters at the most. */
const beginnings = new LRUCache<string, string>({
  maxSize: 5_000_000,
  sizeCalculation: (beginning, query) => beginning.length + query.length,
  memoMethod: (query) => `{"query":${JSON.stringify(query)},"variables":`,
})

function bodyOf({ query, operationName, variables = {} }: SubgraphRequest): string {
  const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`
  return `${beginnings.memo(query)}${JSON.stringify(variables)}${name}}`
}

function millisecondsUntil(deadline: number): number {
  return Math.max(1, Math.ceil(deadline - performance.now()))
}
