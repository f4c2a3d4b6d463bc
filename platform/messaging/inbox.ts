import type { Transaction } from './database.ts'
import type { Message } from './message.ts'

/** Remembers which messages each consumer has handled, so that a second delivery has no second effect. */
export interface Inbox<Store> {
  /**
   * In one transaction: records the messages, and hands over those that the consumer has not had before.
   * Rejects, and records nothing, when `handle` does.
   */
  handleOnce(
    delivery: { readonly consumer: string; readonly messages: readonly Message[] },
    handle: (fresh: readonly Message[], transaction: Transaction<Store>) => Promise<void>,
  ): Promise<void>
  /** Forgets in the background what cannot be delivered again. */
  startUpkeep(): { stop(): Promise<void> }
}
