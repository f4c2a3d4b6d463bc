import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { FeedbackStore, TakeUp } from '../store.ts'

export function postgresFeedback(queryable: Queryable): FeedbackStore {
  return {
    async addFeedback(feedback, on) {
      await queryable.query(
        `insert into feedback (on_day, viewer_id, event, reason, algorithm, product_id)
         select $1::date, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[]) on conflict do nothing`,
        [
          dayOf(on),
          feedback.map(({ viewerId }) => viewerId),
          feedback.map(({ event }) => event),
          feedback.map(({ reason }) => reason),
          feedback.map(({ algorithm }) => algorithm),
          feedback.map(({ productId }) => productId),
        ],
      )
    },

    async countFeedbackOf(viewerId, on) {
      const { rows } = await queryable.query<{ count: number }>(
        'select count(*)::int as count from feedback where on_day = $1::date and viewer_id = $2',
        [dayOf(on), viewerId],
      )
      return rows[0]?.count ?? 0
    },

    async takeUpSince(day) {
      // A click or an addition is one of what the same shopper was shown on that day, by the same way and for the same reason, or none.
      const { rows } = await queryable.query<TakeUp>(
        `select reason, algorithm, count(*)::int as shown,
           count(*) filter (where is_clicked)::int as clicked, count(*) filter (where is_added)::int as added
         from (
           select reason, algorithm, bool_or(event = 'SHOWN') as is_shown,
             bool_or(event = 'CLICKED') as is_clicked, bool_or(event = 'ADDED') as is_added
           from feedback where on_day >= $1::date
           group by on_day, viewer_id, reason, algorithm, product_id
         ) as told
         where is_shown group by reason, algorithm order by reason, algorithm`,
        [dayOf(day)],
      )
      return rows
    },

    async forgetFeedbackBefore(day) {
      await queryable.query('delete from feedback where on_day < $1::date', [dayOf(day)])
    },
  }
}

/** In UTC; the driver would write a Date in the zone of the process. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
