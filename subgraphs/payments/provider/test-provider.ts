import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'

import type { Queryable } from '../../../platform/postgres/database.ts'
import type { Outcome } from '../domain/payment.ts'
import type { PaymentProvider } from './provider.ts'

const slowAnswer = 3_000

type Call = Parameters<PaymentProvider['capture']>[0]

/**
 * A test provider: moves no money, and does what its tokens say (README). It keeps a ledger of its own, as a real one
 * would on its side, so that a crash of the shop neither loses nor repeats a charge.
 */
export function testProvider(ledger: Queryable): PaymentProvider {
  /**
   * Counts the call and settles the charge: the first outcome of a key stands for ever; `captures` counts how often money
   * would have moved. @param atFirst what the first call comes to; null leaves the charge open
   */
  async function charge(
    { key, token, amount }: Call,
    outcome: string,
    atFirst: string | null = outcome,
  ): Promise<Outcome> {
    const { rows } = await ledger.query<{ outcome: string | null }>(
      `insert into test_provider.charge (key, token, amount, currency, outcome, captures)
       values ($1, $2, $3, $4, $6, case when $6 = 'CAPTURED' then 1 else 0 end)
       on conflict (key) do update set
         calls = charge.calls + 1,
         captures = charge.captures + case when charge.outcome is null and $5 = 'CAPTURED' then 1 else 0 end,
         outcome = coalesce(charge.outcome, $5)
       returning outcome`,
      [key, token, amount.amount, amount.currency, outcome, atFirst],
    )
    const settled = rows[0]?.outcome
    return typeof settled === 'string' ? outcomeFrom(settled) : { kind: 'ERROR' }
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
      const { rows } = await ledger.query<{ outcome: string | null }>(
        'select outcome from test_provider.charge where key = $1',
        [key],
      )
      const outcome = rows[0]?.outcome
      return typeof outcome === 'string' ? outcomeFrom(outcome) : { kind: 'NEVER_SEEN' }
    },

    async refund({ key, captureKey, amount }) {
      await ledger.query(
        `insert into test_provider.refund (key, charge_key, amount) values ($1, $2, $3) on conflict (key) do nothing`,
        [key, captureKey, amount.amount],
      )
      return { kind: 'REFUNDED' }
    },
  }
}

function outcomeFrom(outcome: string): Outcome {
  return outcome === 'CAPTURED' ? { kind: 'CAPTURED' } : { kind: 'DECLINED', reason: outcome }
}
