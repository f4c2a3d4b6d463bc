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

    async takeUpSince(day) {
      const { rows } = await queryable.query<TakeUp>(
        `select reason, algorithm,
           count(*) filter (where event = 'SHOWN')::int as shown,
           count(*) filter (where event = 'CLICKED')::int as clicked,
           count(*) filter (where event = 'ADDED')::int as added
         from feedback where on_day >= $1::date group by reason, algorithm order by reason, algorithm`,
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
