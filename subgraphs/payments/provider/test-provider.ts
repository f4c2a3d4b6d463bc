import { once } from 'node:events'
import { setTimeout as pass } from 'node:timers/promises'

import type { Queryable } from '../../../platform/postgres/database.ts'
import type { Outcome } from '../domain.ts'
import type { PaymentProvider } from './provider.ts'

const slowAnswer = 3_000

type Call = Parameters<PaymentProvider['capture']>[0]

interface ChargeRow {
  readonly outcome: string | null
  readonly calls: number
}

/**
 * A test provider: moves no money, and does what its tokens say (README). It keeps a ledger of its own, as a real one
 * would on its side, so that a crash of the shop neither loses nor repeats a charge.
 */
export function testProvider(ledger: Queryable): PaymentProvider {
  return {
    async capture(call, signal) {
      switch (call.token) {
        case 'tok_approve':
          return charge(ledger, call, 'CAPTURED')
        case 'tok_slow':
          await charge(ledger, call, 'CAPTURED')
          await pass(slowAnswer, undefined, { signal })
          return { kind: 'CAPTURED' }
        case 'tok_error_then_success':
          return (await recordCall(ledger, call)).calls === 1 ? { kind: 'ERROR' } : charge(ledger, call, 'CAPTURED')
        case 'tok_no_answer':
          await charge(ledger, call, 'CAPTURED')
          await once(signal, 'abort')
          return { kind: 'NO_ANSWER' }
        case 'tok_insufficient_funds':
          return charge(ledger, call, 'insufficient_funds')
        case 'tok_decline':
          return charge(ledger, call, 'card_declined')
        default:
          return charge(ledger, call, 'unknown_payment_method')
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

/**
 * Counts the call and, given an outcome, settles the charge: the first outcome of a key stands for ever; `captures` counts
 * how often money would have moved.
 */
async function recordCall(ledger: Queryable, { key, token, amount }: Call, outcome?: string): Promise<ChargeRow> {
  const { rows } = await ledger.query<ChargeRow>(
    `insert into test_provider.charge (key, token, amount, currency, outcome, captures)
     values ($1, $2, $3, $4, $5, case when $5 = 'CAPTURED' then 1 else 0 end)
     on conflict (key) do update set
       calls = charge.calls + 1,
       captures = charge.captures + case when charge.outcome is null then excluded.captures else 0 end,
       outcome = coalesce(charge.outcome, excluded.outcome)
     returning outcome, calls`,
    [key, token, amount.amount, amount.currency, outcome ?? null],
  )
  const [row] = rows
  if (row === undefined) throw new Error(`the call for ${key} was not recorded`)
  return row
}

async function charge(ledger: Queryable, call: Call, outcome: string): Promise<Outcome> {
  const { outcome: settled } = await recordCall(ledger, call, outcome)
  return outcomeFrom(settled ?? outcome)
}

function outcomeFrom(outcome: string): Outcome {
  return outcome === 'CAPTURED' ? { kind: 'CAPTURED' } : { kind: 'DECLINED', reason: outcome }
}
