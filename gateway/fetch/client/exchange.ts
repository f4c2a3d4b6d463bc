import type { LinkFailure } from '../link-failure.ts'
import type { AnswerHead } from './answer-head.ts'

/** A request that is to be answered. */
export interface Exchange {
  /** As it is sent, its head included. */
  readonly message: string | Buffer
  /** Whether other requests may be sent over its connection before it has been answered. */
  isShared: boolean
  /** Whether it may be sent a second time, where others have spoilt its connection. */
  mayMove: boolean
  /** The connection that it went over; undefined while it waits for one. */
  at: Carrier | undefined
  /** Why the answer is not read; undefined where it is. */
  judge(head: AnswerHead): LinkFailure | undefined
  resolve(text: string): void
  reject(failure: Error): void
}

/** What carries exchanges. */
export interface Carrier {
  /** Nobody waits for its answer any more. */
  letGo(exchange: Exchange): void
}
