import { repeatOnWake } from '../../work/loop.ts'
import type { StateWatcher, Subscription } from '../../messaging/bus.ts'
import type { Message } from '../../messaging/message.ts'
import type { BusParts, Wakeable } from './parts.ts'

const batchSize = 1_000
/** Milliseconds of one turn after which news come late. */
const slowTurn = 2_000

interface StateRow {
  readonly writer: string
  readonly position: number
  readonly message: Message
}

/**
 * Applies all state from the start, then what changes. A transaction that took a lower position may commit later, so each
 * turn reads again what was written since the oldest transaction that was open at the last one, and applies what is new.
 */
export async function watchState(parts: BusParts, watcher: StateWatcher): Promise<Subscription & Wakeable> {
  /** Every transaction below it had ended when its rows were read. */
  let horizon = '0'
  /** Positions of the rows from there on that have been applied. */
  let applied = new Set<number>()

  async function readBatch(after: Pick<StateRow, 'writer' | 'position'>): Promise<StateRow[]> {
    const { rows } = await parts.relaxed.query<StateRow>(
      `select written_by::text as writer, position, message from state
       where (written_by, position) > ($1::xid8, $2) and type = any($3)
       order by written_by, position limit $4`,
      [after.writer, after.position, watcher.types, batchSize],
    )
    return rows
  }

  const loop = repeatOnWake({
    name: `state watcher ${watcher.types.join(' ')}`,
    log: parts.log,
    sweepEvery: 1_000,
    turn: () => following(parts, watcher, readNews),
  })

  async function readNews(): Promise<void> {
    const next = await oldestOpenTransaction(parts)
    const ahead = new Set<number>()
    let last: Pick<StateRow, 'writer' | 'position'> | undefined = { writer: horizon, position: -1 }
    while (last !== undefined) {
      const rows = await readBatch(last)
      watcher.apply(rows.filter(({ position }) => !applied.has(position)).map(({ message }) => message))
      for (const { writer, position } of rows) if (BigInt(writer) >= BigInt(next)) ahead.add(position)
      last = rows.length === batchSize ? rows.at(-1) : undefined
    }
    horizon = next
    applied = ahead
  }

  await loop.settled()
  return {
    types: watcher.types,
    wake: loop.wake,
    disconnected: () => watcher.follows?.(false),
    caughtUp: loop.settled,
    stop: loop.stop,
  }
}

/** Takes a turn, and tells whether what was read is all there is: nothing may have been missed from its beginning on. */
async function following(
  { listeningEpoch }: BusParts,
  watcher: StateWatcher,
  turn: () => Promise<void>,
): Promise<void> {
  const epoch = listeningEpoch()
  const slow = setTimeout(() => watcher.follows?.(false), slowTurn)
  let isWhole = false
  try {
    await turn()
    isWhole = epoch !== undefined && epoch === listeningEpoch()
  } finally {
    clearTimeout(slow)
    watcher.follows?.(isWhole)
  }
}

/** What transactions below it have written is there for every later statement. */
async function oldestOpenTransaction({ relaxed }: BusParts): Promise<string> {
  const { rows } = await relaxed.query<{ oldest: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as oldest',
  )
  return rows[0]?.oldest ?? '0'
}
