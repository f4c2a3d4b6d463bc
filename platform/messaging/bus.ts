import type { Stream } from './contract.ts'
import type { Message } from './message.ts'

/** Whoever the bus remembers. */
export interface Subscriber {
  /** Durable name: subscribers of one name share the work, each message goes to one of them. */
  readonly name: string
  /**
   * Replicas of two releases may run side by side. What one of them subscribed to stays, also where another one handles less:
   * of a type that is in neither list a message is left to a replica that handles it.
   */
  readonly types: readonly string[]
  /** What an earlier release handled, and nobody shall any more: it is subscribed to no longer, and what still comes is dropped. */
  readonly formerTypes?: readonly string[]
}

export interface Consumer extends Subscriber {
  /**
   * Gets messages of different keys, up to 20 at once, since what a transaction costs is then shared. Acknowledged when it
   * resolves, so it must have committed by then; a repeat is possible. When it rejects, each is handed over once more by
   * itself, also those that had taken effect. Runs as part of the messages' trace where all have the same; what is done for one
   * of several enters its own (`onAll`).
   */
  handle(messages: readonly Message[]): Promise<void>
}

/** As `Consumer`, for whoever shares nothing between messages: gets them one at a time, each as part of its trace. */
export interface SingleConsumer extends Subscriber {
  handleOne(message: Message): Promise<void>
}

export interface StateReader extends Subscriber {
  /** Milliseconds to wait for more once something has come, so that many changes of one key cost one batch. None by default. */
  readonly linger?: number
  /**
   * Gets the newest message of each key, up to 500 at once, in no order between keys. Must ignore a message whose
   * `aggregateversion` is not above what it has. Acknowledged when it resolves.
   */
  apply(messages: readonly Message[]): Promise<void>
}

export interface StateWatcher {
  readonly types: readonly string[]
  /** As `StateReader.apply`, but every watcher gets everything, from the start, each time it is made. */
  apply(messages: readonly Message[]): void
  /**
   * Called with true when all that had been published is applied and more comes at once, and false as soon as it may come late: what is
   * published meanwhile is applied before it is called with true again. May be called with the same twice.
   */
  follows?(isFollowing: boolean): void
}

export interface Subscription {
  /** Resolves when nothing that was published before the call is left to be handled (retries and dead letters aside). */
  caughtUp(): Promise<void>
  /** Takes no new message, waits for those in hand. */
  stop(): Promise<void>
}

export interface DeadLetter {
  readonly id: string
  readonly consumer: string
  readonly message: Message
  readonly attempts: number
  readonly error: string
  readonly failedAt: Date
}

/** A place in the list of dead letters, which is sorted newest first. */
export interface DeadLetterPosition {
  readonly failedAt: Date
  readonly id: string
}

/**
 * At least once; in order for a key; a failed handler is retried with the pauses of retry.ts, then its message becomes a dead
 * letter; meanwhile other keys go on. One contract suite (tests/contracts/bus-log.ts, bus-state.ts) holds every implementation to this.
 */
export interface Bus {
  /** Durable when it resolves. Messages whose id is known already are dropped. */
  publish(stream: Stream, messages: readonly Message[]): Promise<void>
  consume(consumer: Consumer | SingleConsumer): Promise<Subscription>
  readState(reader: StateReader): Promise<Subscription>
  /** Resolves when the state as it now is has been applied. */
  watchState(watcher: StateWatcher): Promise<Subscription>
  /** Hands a state reader everything once more, so that it can rebuild its read model. */
  rereadState(readerName: string): Promise<void>
  /** This and the next two are for people: they fail when the bus is away. @throws StoreUnavailable */
  deadLetters(page: { first: number; after?: DeadLetterPosition | undefined }): Promise<readonly DeadLetter[]>
  countDeadLetters(): Promise<number>
  /** Hands the message to its consumer once more. False when there is no such dead letter. */
  replayDeadLetter(id: string): Promise<boolean>
  ready(): Promise<boolean>
  stop(): Promise<void>
}
