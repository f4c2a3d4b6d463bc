import { repeatOnWake } from '../../loop.ts'
import type { StateWatcher, Subscription } from '../bus.ts'
import type { Message } from '../message.ts'
import type { BusParts, Wakeable } from './parts.ts'

const batchSize = 1_000

interface StateRow {
  readonly writer: string
  readonly position: number
  readonly message: Message
}

/**
 * Applies all state from the start, then what changes. Follows by transaction, not by position: a transaction that
 * took a lower position may commit later, so only rows that no open transaction can still precede are read.
 */
export async function watchState(parts: BusParts, watcher: StateWatcher): Promise<Subscription & Wakeable> {
  let writtenBy = '0'
  let position = 0

  async function readBatch(): Promise<number> {
    const { rows } = await parts.relaxed.query<StateRow>(
      `select written_by::text as writer, position, message from state
       where (written_by, position) > ($1::xid8, $2) and type = any($3)
         and written_by < pg_snapshot_xmin(pg_current_snapshot())
       order by written_by, position limit $4`,
      [writtenBy, position, watcher.types, batchSize],
    )
    watcher.apply(rows.map(({ message }) => message))
    const last = rows.at(-1)
    if (last !== undefined) ({ writer: writtenBy, position } = last)
    return rows.length
  }

  const loop = repeatOnWake({
    name: `state watcher ${watcher.types.join(' ')}`,
    log: parts.log,
    sweepEvery: 1_000,
    async turn() {
      while ((await readBatch()) === batchSize);
    },
  })
  await loop.settled()

  return { types: watcher.types, wake: loop.wake, caughtUp: loop.settled, stop: loop.stop }
}
