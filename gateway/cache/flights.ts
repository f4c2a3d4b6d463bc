import { Cancellation } from '../../platform/work/cancellation.ts'

/**
 * Milliseconds for which a read that is under way may be joined. One that hangs is to cost few, and whoever joins it late would
 * read of a subgraph that has missed its deadline without having waited for it.
 */
const joinableFor = 1_000

/** A read that is under way, and who waits for it. */
interface Flight<Result> {
  readonly result: Promise<Result>
  readonly messages: ReadonlySet<string> | undefined
  /** By `performance.now()`. */
  readonly begun: number
  /** Calls it off. */
  readonly gone: Cancellation
  waiting: number
}

interface Beginning<Result> {
  /** The messages that tell of changes of what is read; undefined where any change may be one. */
  readonly messages: ReadonlySet<string> | undefined
  /** Called off when the one who asks has gone. */
  readonly asking: Cancellation
  /** Called off when nobody waits for it any more. */
  carryOut(cancellation: Cancellation): Promise<Result>
}

/** Does the same read once for all who ask for it at the same time. Who has gone is answered, too, when it has ended. */
export interface Flights<Result> {
  /** Undefined where none is under way that may be joined. */
  join(key: string, asking: Cancellation): Promise<Result> | undefined
  begin(key: string, beginning: Beginning<Result>): Promise<Result>
  /** Whoever asks from now on is not answered by what was begun before; by any of all where no messages are named. */
  close(isConcerned?: (messages: ReadonlySet<string> | undefined) => boolean): void
}

export function flights<Result>(): Flights<Result> {
  const underWay = new Map<string, Flight<Result>>()

  function board(key: string, flight: Flight<Result>, asking: Cancellation): Promise<Result> {
    flight.waiting += 1
    const leave = () => {
      flight.waiting -= 1
      if (flight.waiting > 0) return
      end(key, flight)
      flight.gone.cancel(new Error('nobody waits any more'))
    }
    if (asking.reason === undefined) asking.listen(leave)
    else leave()
    return flight.result
  }

  function end(key: string, flight: Flight<Result>): void {
    if (underWay.get(key) === flight) underWay.delete(key)
  }

  return {
    join(key, asking) {
      const flight = underWay.get(key)
      if (flight === undefined || performance.now() - flight.begun > joinableFor) return undefined
      return board(key, flight, asking)
    },
    begin(key, { messages, asking, carryOut }) {
      const gone = new Cancellation()
      const flight = { result: carryOut(gone), messages, begun: performance.now(), gone, waiting: 0 }
      underWay.set(key, flight)
      const ended = () => end(key, flight)
      flight.result.then(ended, ended)
      return board(key, flight, asking)
    },
    close(isConcerned = () => true) {
      for (const [key, { messages }] of [...underWay]) if (isConcerned(messages)) underWay.delete(key)
    },
  }
}
