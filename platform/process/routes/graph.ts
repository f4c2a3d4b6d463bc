import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'

import type { ExecutionResult } from 'graphql'
import { z } from 'zod'

import { SoukError } from '../../errors.ts'
import { eventStream, headers, paths } from '../../subgraph/http.ts'
import type { SubgraphRequest } from '../../subgraph/subgraph.ts'
import { Cancellation } from '../../work/cancellation.ts'
import { unlessCancelled } from '../../work/deadline.ts'
import { headerOf, startedSubgraph, type Route } from './route.ts'

const operation = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/** Answers the gateway's operations; to who accepts nothing but events, as a stream. */
export const serveGraph: Route = (server, served) => {
  server.post(paths.graphql, {
    // Before the body is read: nothing is done for a caller without a passport.
    async onRequest(request) {
      await served.passports(headerOf(request, headers.passport))
    },
    async handler(request, reply) {
      const { data: asked } = operation.safeParse(request.body)
      if (asked === undefined) throw new SoukError('BAD_REQUEST')
      const subgraph = startedSubgraph(served)
      const cancellation = untilNobodyWaits(reply.raw, headerOf(request, headers.deadline))
      const posed: SubgraphRequest = {
        query: asked.query,
        variables: asked.variables ?? undefined,
        operationName: asked.operationName ?? undefined,
        passport: headerOf(request, headers.passport),
        errand: headerOf(request, headers.errand),
        clientAddress: headerOf(request, headers.clientAddress),
        traceparent: headerOf(request, headers.traceparent),
        cancellation,
      }
      if (request.headers.accept !== eventStream) return unlessCancelled(() => subgraph.execute(posed), cancellation)
      return reply.type(eventStream).send(Readable.from(asEvents(subgraph.subscribe(posed))))
    },
  })
}

/** As GraphQL over Server-Sent Events has it, one connection for each subscription. */
async function* asEvents(results: AsyncIterable<ExecutionResult>): AsyncGenerator<string, void> {
  for await (const result of results) yield `event: next\ndata: ${JSON.stringify(result)}\n\n`
  yield 'event: complete\ndata:\n\n'
}

const deadlines = z.coerce.number().int().min(0).max(600_000)

/** Called off when the caller is gone, or the time has passed in which it wants the answer. */
function untilNobodyWaits(response: ServerResponse, deadline: string | undefined): Cancellation {
  const cancellation = new Cancellation()
  const callOff = (why: string) => cancellation.cancel(new SoukError('SUBGRAPH_UNAVAILABLE', why))
  const { data: milliseconds } = deadlines.safeParse(deadline)
  const timer =
    milliseconds === undefined
      ? undefined
      : setTimeout(() => callOff('The caller does not wait any more.'), milliseconds).unref()
  response.once('close', () => {
    clearTimeout(timer)
    if (!response.writableFinished) callOff('The caller is gone.')
  })
  return cancellation
}
