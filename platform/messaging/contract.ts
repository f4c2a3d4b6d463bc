/** A `log` message is kept for days; of `state` messages the last one of each key is kept for ever. */
export type Stream = 'log' | 'state'

/** What publisher and consumers of one message agree on: its type, its stream, and the parser of its data. */
export interface Contract<Data = unknown> {
  /** `<owner>.<Name>`: events in the past tense, commands in the imperative, state by its noun. */
  readonly type: `${string}.${string}`
  readonly stream: Stream
  readonly data: { parse(value: unknown): Data }
  /**
   * For a state that changes often and need not be followed at once: milliseconds that its readers wait for more when
   * something has come, so that many changes of one key cost one batch.
   */
  readonly linger?: number
}

export type DataOf<Definition> = Definition extends Contract<infer Data> ? Data : never

export function contract<Data>(definition: Contract<Data>): Contract<Data> {
  return definition
}
