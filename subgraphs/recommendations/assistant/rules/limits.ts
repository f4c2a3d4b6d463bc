/** How much an assistant may do; each rule that counts takes its number from here. */
export const limits = {
  /** Characters of a message. */
  message: 2_000,
  /** Units of a line of a proposal. */
  quantity: 20,
  /** Lines of a proposal. */
  lines: 10,
  toolCalls: 8,
  /** Of these, what is left for the planner, should a language model fail: it needs no more. */
  plannerCalls: 3,
  /** Milliseconds of a turn. */
  turn: 15_000,
  /** Milliseconds that a language model has of these; the rest is the planner's, should it fail. */
  languageModel: 10_000,
  /** Milliseconds of one question to the graph. */
  question: 4_000,
  turnsPerMinute: 20,
  /** Milliseconds. */
  proposal: 10 * 60_000,
  /** Milliseconds after its last turn that a conversation is kept. */
  conversation: 24 * 60 * 60_000,
  /** Turns that are remembered. */
  remembered: 12,
  /** Characters of a reply. */
  reply: 2_000,
} as const
