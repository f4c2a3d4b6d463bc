import type { BaseMessage } from '@langchain/core/messages'

/** Whose cart and conversation something is: a guest's session or a signed-in user. */
export interface Owner {
  readonly kind: 'guest' | 'user'
  readonly id: string
}

export interface ConversationTurn {
  /** Of the conversation. */
  readonly id: string
  readonly owner: Owner
  readonly now: Date
  /** By when the turn is over, whatever becomes of it. */
  readonly busyUntil: Date
}

/** A turn that was taken; `busyUntil` and the process that took it tell it from every other of the conversation. */
export type OwnTurn = Pick<ConversationTurn, 'id' | 'busyUntil'>

/** Conversations with the assistant: whose each is, who is answering it, and what was said. */
export interface ConversationStore {
  /** A new one, taken for its first turn. */
  begin(turn: ConversationTurn): Promise<void>
  /**
   * Takes a conversation for one turn. `NONE` where this owner has no such, whoever else has it; `BUSY` while another turn has it,
   * here or in another replica: until its time is over, or its process is connected no more.
   */
  take(turn: ConversationTurn): Promise<'TAKEN' | 'BUSY' | 'NONE'>
  /** Gives it back, unless another has taken it since; it is kept until then. */
  release(turn: OwnTurn, keptUntil: Date): Promise<void>
  /** Counts a turn, unless there have been `most` in the last minute. */
  countTurn(turn: { readonly owner: Owner; readonly now: Date; readonly most: number }): Promise<boolean>
  /** Removes some of those that are kept no longer, with all that was said. */
  removeExpired(now: Date): Promise<void>
  /** What was said, oldest first; a turn is there whole or not at all. */
  messages(id: string): Promise<BaseMessage[]>
  /**
   * These messages are what was said from now on. False, and nothing has changed, where the turn was so late that another may have
   * taken the conversation.
   */
  keepMessages(turn: OwnTurn, messages: readonly BaseMessage[]): Promise<boolean>
}
