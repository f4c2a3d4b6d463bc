import type { FastifyReply } from 'fastify'

import { systemClock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import { memoryBuckets } from '../../platform/limits/memory-buckets.ts'
import { defaultRates } from '../config.ts'
import type { Policy } from '../policy.ts'
import { pursesOf, type Payment } from '../rates/purses.ts'
import { beforeGraphql } from './before-graphql.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Takes the tokens of what an operation costs beyond the one of its request. @throws SoukError RATE_LIMITED */
    payFor(cost: number): Promise<void>
  }
}

/**
 * Lets nobody ask more than their share of the graph: one token for the request, before its body is read, and those of its cost
 * as soon as that is known. However many operations are dressed up as one, by aliases or otherwise, their cost is that of all.
 */
export const limitRate: Policy = (server, { limitRate: limit = memoryBuckets(systemClock), config }) => {
  const { rates = defaultRates } = config
  const purseOf = pursesOf(limit, rates)
  server.decorateRequest('payFor')
  beforeGraphql(server, (request, reply, done) => {
    const purse = purseOf(request.viewer, request.onErrand ? 'of ours' : { at: request.ip })
    const pay = async (tokens: number) => settle(await purse.pay(tokens), reply)
    request.payFor = async (cost) => {
      const tokens = Math.floor(cost / rates.costPerToken)
      if (tokens > 0) await pay(tokens)
    }
    pay(1).then(() => done(), done)
  })
}

/** Says what is left; the last word of a request counts. */
function settle({ granted, capacity, left, wait, fullIn }: Payment, reply: FastifyReply): void {
  reply.headers({
    'ratelimit-limit': capacity,
    'ratelimit-remaining': left,
    'ratelimit-reset': seconds(fullIn),
  })
  if (granted) return
  const retryAfter = Math.max(1, seconds(wait))
  throw new SoukError('RATE_LIMITED', `That is more than is let in at a time. Try again in ${retryAfter} s.`, {
    retryAfter,
  })
}

/** Rounded up: whoever comes back after as many is let in. */
function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000)
}
