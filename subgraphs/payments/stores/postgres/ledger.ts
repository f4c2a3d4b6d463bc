import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { Ledger } from '../../provider/ledger.ts'

/** A schema of its own, so that the shop's tables and the provider's books never mix. */
export function postgresLedger(queryable: Queryable): Ledger {
  return {
    async charge({ key, token, amount, outcome, atFirst }) {
      // `captures` counts how often money would have moved.
      const { rows } = await queryable.query<{ outcome: string | null }>(
        `insert into test_provider.charge (key, token, amount, currency, outcome, captures)
         values ($1, $2, $3, $4, $6, case when $6 = 'CAPTURED' then 1 else 0 end)
         on conflict (key) do update set
           calls = charge.calls + 1,
           captures = charge.captures + case when charge.outcome is null and $5 = 'CAPTURED' then 1 else 0 end,
           outcome = coalesce(charge.outcome, $5)
         returning outcome`,
        [key, token, amount.amount, amount.currency, outcome, atFirst],
      )
      return rows[0]?.outcome ?? null
    },

    async outcomeOf(key) {
      const { rows } = await queryable.query<{ outcome: string | null }>(
        'select outcome from test_provider.charge where key = $1',
        [key],
      )
      return rows[0]?.outcome ?? null
    },

    async refund({ key, captureKey, amount }) {
      await queryable.query(
        `insert into test_provider.refund (key, charge_key, amount) values ($1, $2, $3) on conflict (key) do nothing`,
        [key, captureKey, amount.amount],
      )
    },

    async importCaptures(captures) {
      await queryable.query(
        `insert into test_provider.charge (key, token, amount, currency, outcome, captures)
         select key, 'tok_approve', amount, currency, 'CAPTURED', 1
         from unnest($1::text[], $2::bigint[], $3::text[]) as past (key, amount, currency) on conflict do nothing`,
        [
          captures.map(({ key }) => key),
          captures.map(({ amount }) => amount.amount),
          captures.map(({ amount }) => amount.currency),
        ],
      )
    },
  }
}
