import { systemClock } from '../../platform/clock.ts'
import { SoukError } from '../../platform/errors.ts'
import { memoryBuckets } from '../../platform/limits/memory-buckets.ts'
import { defaultRates } from '../config.ts'
import type { AnswerHeaders } from '../http/headers.ts'
import type { PolicyParts } from '../policy.ts'
import { pursesOf, type Payment } from '../rates/purses.ts'
import type { Identity } from './identity.ts'

/** Takes so many tokens for a request. @throws SoukError RATE_LIMITED */
type Pay = (tokens: number) => Promise<void>

/** What a request pays with. */
export interface Payer {
  readonly pay: Pay
  /** Takes the tokens of what an operation costs beyond the one of its request. @throws SoukError RATE_LIMITED */
  payFor(cost: number): Promise<void>
}

type PayerOf = (who: Identity, address: string | undefined, headers: AnswerHeaders) => Payer

/**
 * Lets nobody ask more than their share of the graph: one token for the request, before its body is read, and those of its cost
 * as soon as that is known. However many operations are dressed up as one, by aliases or otherwise, their cost is that of all.
 * The headers of the answer say what is left.
 */
export function payingBy({
  limitRate: limit = memoryBuckets(systemClock),
  config,
}: Pick<PolicyParts, 'limitRate' | 'config'>): PayerOf {
  const { rates = defaultRates } = config
  const purseOf = pursesOf(limit, rates)
  return ({ viewer, onErrand }, address, headers) => {
    const purse = purseOf(viewer, onErrand ? 'of ours' : { at: address })
    const pay: Pay = async (tokens) => settle(await purse.pay(tokens), headers)
    return {
      pay,
      async payFor(cost) {
        const tokens = Math.floor(cost / rates.costPerToken)
        if (tokens > 0) await pay(tokens)
      },
    }
  }
}

/** Says what is left; the last word of a request counts. */
function settle({ granted, capacity, left, wait, fullIn }: Payment, headers: AnswerHeaders): void {
  headers['ratelimit-limit'] = capacity
  headers['ratelimit-remaining'] = left
  headers['ratelimit-reset'] = seconds(fullIn)
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
