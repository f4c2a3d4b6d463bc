import { Cancellation } from '../../platform/work/cancellation.ts'
import { unlessCancelled } from '../../platform/work/deadline.ts'

/** A read that is under way, and who waits for it. */
interface Flight<Result> {
  readonly result: Promise<Result>
  /** The messages that tell of changes of what is read. */
  readonly messages: ReadonlySet<string>
  /** Calls it off. */
  readonly gone: Cancellation
  waiting: number
}

interface Boarding<Result> {
  readonly messages: ReadonlySet<string>
  /** Called off when the one who asks has gone. */
  readonly cancellation: Cancellation
  /** Called off when nobody waits for it any more. */
  begin(cancellation: Cancellation): Promise<Result>
}

/** Does the same read once for all who ask for it at the same time. */
export interface Flights<Result> {
  isUnderWay(key: string): boolean
  board(key: string, boarding: Boarding<Result>): Promise<Result>
  /** Whoever asks from now on is not answered by what was begun before; by any of all where no message is named. */
  close(isConcerned?: (messages: ReadonlySet<string>) => boolean): void
}

export function flights<Result>(): Flights<Result> {
  const underWay = new Map<string, Flight<Result>>()

  function begin(key: string, { messages, begin }: Boarding<Result>): Flight<Result> {
    const gone = new Cancellation()
    const flight = { result: begin(gone), messages, gone, waiting: 0 }
    underWay.set(key, flight)
    const end = () => leave(key, flight)
    flight.result.then(end, end)
    return flight
  }

  function leave(key: string, flight: Flight<Result>): void {
    if (underWay.get(key) === flight) underWay.delete(key)
  }

  return {
    isUnderWay: (key) => underWay.has(key),
    async board(key, boarding) {
      const flight = underWay.get(key) ?? begin(key, boarding)
      flight.waiting += 1
      try {
        return await unlessCancelled(() => flight.result, boarding.cancellation)
      } finally {
        flight.waiting -= 1
        if (flight.waiting === 0) {
          leave(key, flight)
          flight.gone.cancel(new Error('nobody waits any more'))
        }
      }
    },
    close(isConcerned = () => true) {
      for (const [key, { messages }] of [...underWay]) if (isConcerned(messages)) underWay.delete(key)
    },
  }
}
