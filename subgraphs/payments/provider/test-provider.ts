import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'

import type { Money } from '../../../platform/money.ts'
import type { Queryable } from '../../../platform/postgres/database.ts'
import type { Outcome } from '../domain.ts'
import type { PaymentProvider } from './provider.ts'

const slowAnswer = 3_000

interface ChargeRow {
  readonly token: string
  readonly calls: number
}

/**
 * A test provider: moves no money, and does what its tokens say (README). It keeps a ledger of its own, as a real one
 * would on its side, so that a crash of the shop neither loses nor repeats a charge.
 */
export function testProvider(ledger: Queryable): PaymentProvider {
  return {
    async capture({ key, amount, token }, signal) {
      const { calls } = await recordCall(ledger, { key, token, amount })
      switch (token) {
        case 'tok_approve':
          return settle(ledger, key, 'CAPTURED')
        case 'tok_slow':
          await settle(ledger, key, 'CAPTURED')
          await pass(slowAnswer, undefined, { signal })
          return { kind: 'CAPTURED' }
        case 'tok_error_then_success':
          return calls === 1 ? { kind: 'ERROR' } : settle(ledger, key, 'CAPTURED')
        case 'tok_no_answer':
          await settle(ledger, key, 'CAPTURED')
          await once(signal, 'abort')
          return { kind: 'NO_ANSWER' }
        case 'tok_insufficient_funds':
          return settle(ledger, key, 'insufficient_funds')
        case 'tok_decline':
          return settle(ledger, key, 'card_declined')
        default:
          return settle(ledger, key, 'unknown_payment_method')
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

async function recordCall(ledger: Queryable, call: { key: string; token: string; amount: Money }): Promise<ChargeRow> {
  const { rows } = await ledger.query<ChargeRow>(
    `insert into test_provider.charge (key, token, amount, currency) values ($1, $2, $3, $4)
     on conflict (key) do update set calls = charge.calls + 1
     returning token, calls`,
    [call.key, call.token, call.amount.amount, call.amount.currency],
  )
  return rows[0] ?? { token: call.token, calls: 1 }
}

/** The first outcome of a key stands for ever; `captures` counts how often money would have moved. */
async function settle(ledger: Queryable, key: string, outcome: string): Promise<Outcome> {
  const { rows } = await ledger.query<{ outcome: string }>(
    `update test_provider.charge set
       captures = captures + case when outcome is null and $2 = 'CAPTURED' then 1 else 0 end,
       outcome = coalesce(outcome, $2)
     where key = $1 returning outcome`,
    [key, outcome],
  )
  return outcomeFrom(rows[0]?.outcome ?? outcome)
}

function outcomeFrom(outcome: string): Outcome {
  return outcome === 'CAPTURED' ? { kind: 'CAPTURED' } : { kind: 'DECLINED', reason: outcome }
}
