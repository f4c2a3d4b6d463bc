import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'

import type { Outcome } from '../domain/payment.ts'
import type { Ledger } from './ledger.ts'
import type { PaymentProvider } from './provider.ts'

const slowAnswer = 3_000

type Call = Parameters<PaymentProvider['capture']>[0]

/**
 * A test provider: moves no money, and does what its tokens say (README). It keeps a ledger of its own, as a real one
 * would on its side, so that a crash of the shop neither loses nor repeats a charge.
 */
export function testProvider(ledger: Ledger): PaymentProvider {
  async function charge(call: Call, outcome: string, atFirst: string | null = outcome): Promise<Outcome> {
    const settled = await ledger.charge({ ...call, outcome, atFirst })
    return settled === null ? { kind: 'ERROR' } : outcomeFrom(settled)
  }

  return {
    async capture(call, signal) {
      switch (call.token) {
        case 'tok_approve':
          return charge(call, 'CAPTURED')
        case 'tok_slow':
          await charge(call, 'CAPTURED')
          await pass(slowAnswer, undefined, { signal })
          return { kind: 'CAPTURED' }
        case 'tok_error_then_success':
          return charge(call, 'CAPTURED', null)
        case 'tok_no_answer':
          await charge(call, 'CAPTURED')
          if (!signal.aborted) await once(signal, 'abort')
          return { kind: 'NO_ANSWER' }
        case 'tok_insufficient_funds':
          return charge(call, 'insufficient_funds')
        case 'tok_decline':
          return charge(call, 'card_declined')
        default:
          return charge(call, 'unknown_payment_method')
      }
    },

    async find(key) {
      const outcome = await ledger.outcomeOf(key)
      return outcome === null ? { kind: 'NEVER_SEEN' } : outcomeFrom(outcome)
    },

    async refund(refund) {
      await ledger.refund(refund)
      return { kind: 'REFUNDED' }
    },

    importCaptures: (captures) => ledger.importCaptures(captures),
  }
}

function outcomeFrom(outcome: string): Outcome {
  return outcome === 'CAPTURED' ? { kind: 'CAPTURED' } : { kind: 'DECLINED', reason: outcome }
}
