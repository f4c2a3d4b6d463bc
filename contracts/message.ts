import type { z } from 'zod'

/** The contract of one message: its subject on the bus, its stream, and the parser of its data. */
export interface Contract<Data> {
  /** `<owner>.<Name>`: events in the past tense, commands in the imperative, state by its noun. */
  readonly type: `${string}.${string}`
  /** `log`: said once, kept for days. `state`: the last message of each key, kept for ever. */
  readonly stream: 'log' | 'state'
  readonly data: z.ZodType<Data>
}

export type DataOf<Definition> = Definition extends Contract<infer Data> ? Data : never

export function contract<Data>(definition: Contract<Data>): Contract<Data> {
  return definition
}
