import { MongoServerError, type Collection, type UpdateFilter } from 'mongodb'

import { NotOurTurn } from '../../work/loop.ts'

/** Whose turn it is to relay an outbox. Nobody's clock is compared with another's. */
export interface TurnDocument {
  /** The outbox. */
  readonly _id: string
  readonly isHeld: boolean
  /** Grows when somebody takes a turn. */
  readonly turn: number
  /** Grows while whoever holds it is alive. */
  readonly beat: number
}

export interface RelayTurns {
  readonly turns: Collection<TurnDocument>
  readonly outbox: string
  /** Milliseconds. Who has shown no sign of life for so long has died, and loses its turn. */
  readonly patience?: number
}

const usualPatience = 5_000
const beatsInPatience = 5
/** A holder that lives, and does not end: its bus is away. Then the others leave it alone, and look at their next sweep. */
const patiencesToWait = 4
/** Milliseconds between two looks, at most: the first ones of a turn that is soon over, and those of a long one. */
const firstPause = 20
const longestPause = 500

const duplicateKey = 11_000

/**
 * Does the work while no other relay of this outbox does. A relay that stalled for longer than the patience while it
 * published may go on beside its successor: it publishes known ids and versions again, and the bus drops those.
 */
export async function inRelayTurn<Result>(
  { turns, outbox, patience = usualPatience }: RelayTurns,
  work: () => Promise<Result>,
): Promise<Result> {
  const turn = await take({ turns, outbox, patience })
  const sign = (update: UpdateFilter<TurnDocument>) =>
    turns.updateOne({ _id: outbox, turn }, update).then(
      () => undefined,
      // A turn that cannot be given back is taken over.
      () => undefined,
    )
  const beating = setInterval(() => void sign({ $inc: { beat: 1 } }), patience / beatsInPatience)
  try {
    return await work()
  } finally {
    clearInterval(beating)
    await sign({ $set: { isHeld: false } })
  }
}

/** Waits for a turn. Returns its number. @throws NotOurTurn when another relay is at work for too long */
async function take({ turns, outbox, patience }: Required<RelayTurns>): Promise<number> {
  let seen: TurnDocument | undefined
  let unchangedSince = 0
  const until = performance.now() + patience * patiencesToWait
  for (let pause = firstPause; performance.now() < until; pause = Math.min(pause * 2, longestPause)) {
    const free = await claim(turns, { _id: outbox, isHeld: false })
    if (free !== undefined) return free
    const held = await turns.findOne({ _id: outbox })
    if (held === null) await begin(turns, outbox)
    else if (held.turn !== seen?.turn || held.beat !== seen.beat) {
      seen = held
      unchangedSince = performance.now()
    } else if (held.isHeld && performance.now() - unchangedSince > patience) {
      const inherited = await claim(turns, { _id: outbox, turn: held.turn, beat: held.beat })
      if (inherited !== undefined) return inherited
    }
    await new Promise((resolve) => setTimeout(resolve, Math.random() * pause))
  }
  throw new NotOurTurn('the relay of another replica is at work all the time')
}

async function claim(
  turns: Collection<TurnDocument>,
  expected: { _id: string } & Partial<TurnDocument>,
): Promise<number | undefined> {
  const taken = await turns.findOneAndUpdate(
    expected,
    { $set: { isHeld: true }, $inc: { turn: 1 } },
    { returnDocument: 'after' },
  )
  return taken?.turn
}

async function begin(turns: Collection<TurnDocument>, outbox: string): Promise<void> {
  await turns.insertOne({ _id: outbox, isHeld: false, turn: 0, beat: 0 }).catch((thrown: unknown) => {
    if (!(thrown instanceof MongoServerError && thrown.code === duplicateKey)) throw thrown
  })
}
