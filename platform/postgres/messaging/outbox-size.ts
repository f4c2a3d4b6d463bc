import type { Queryable } from '../database.ts'

/** How many messages are not published yet. */
export async function outboxSize(queryable: Queryable): Promise<number> {
  const { rows } = await queryable.query<{ size: number }>('select count(*) as size from outbox')
  return rows[0]?.size ?? 0
}
