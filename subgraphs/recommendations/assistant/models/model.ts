import type { BaseChatModel } from '@langchain/core/language_models/chat_models'

/** A language model that may answer in the planner's place. */
export interface LanguageModel {
  /** As replies name it. */
  readonly provider: string
  readonly chat: BaseChatModel
}
