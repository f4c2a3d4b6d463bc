/**
 * Milliseconds for which a read that is under way may be joined. One that hangs is to cost few, and whoever joins it late would
 * read of a subgraph that has missed its deadline without having waited for it.
 */
const joinableFor = 1_000

/** Calls the listener when the one who asks has gone: at once where that is so already. */
export type WhenGone = (listener: () => void) => void

/** A read that is under way, and who waits for it. */
interface Flight<Result> {
  readonly result: Promise<Result>
  readonly messages: ReadonlySet<string> | undefined
  /** By `performance.now()`. */
  readonly begun: number
  /** Calls it off. */
  readonly gone: AbortController
  waiting: number
}

interface Beginning<Result> {
  /** The messages that tell of changes of what is read; undefined where any change may be one. */
  readonly messages: ReadonlySet<string> | undefined
  readonly whenGone: WhenGone
  /** The signal is aborted when nobody waits for it any more. */
  carryOut(signal: AbortSignal): Promise<Result>
}

/** Does the same read once for all who ask for it at the same time. Who has gone is answered, too, when it has ended. */
export interface Flights<Result> {
  /** Undefined where none is under way that may be joined. */
  join(key: string, whenGone: WhenGone): Promise<Result> | undefined
  begin(key: string, beginning: Beginning<Result>): Promise<Result>
  /** Whoever asks from now on is not answered by what was begun before; by any of all where no messages are named. */
  close(isConcerned?: (messages: ReadonlySet<string> | undefined) => boolean): void
}

export function flights<Result>(): Flights<Result> {
  const underWay = new Map<string, Flight<Result>>()

  function board(key: string, flight: Flight<Result>, whenGone: WhenGone): Promise<Result> {
    flight.waiting += 1
    whenGone(() => {
      flight.waiting -= 1
      if (flight.waiting > 0) return
      end(key, flight)
      flight.gone.abort(new Error('nobody waits any more'))
    })
    return flight.result
  }

  function end(key: string, flight: Flight<Result>): void {
    if (underWay.get(key) === flight) underWay.delete(key)
  }

  return {
    join(key, whenGone) {
      const flight = underWay.get(key)
      if (flight === undefined || performance.now() - flight.begun > joinableFor) return undefined
      return board(key, flight, whenGone)
    },
    begin(key, { messages, whenGone, carryOut }) {
      const gone = new AbortController()
      const flight = { result: carryOut(gone.signal), messages, begun: performance.now(), gone, waiting: 0 }
      underWay.set(key, flight)
      const ended = () => end(key, flight)
      flight.result.then(ended, ended)
      return board(key, flight, whenGone)
    },
    close(isConcerned = () => true) {
      for (const [key, { messages }] of [...underWay]) if (isConcerned(messages)) underWay.delete(key)
    },
  }
}
