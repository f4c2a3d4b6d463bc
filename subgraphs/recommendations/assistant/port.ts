import type { Clock } from '../../../platform/clock.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { NewId } from '../../../platform/ids.ts'
import type { AskGraph } from '../../../platform/subgraph/ask-graph.ts'
import type { Logger } from '../../../platform/telemetry/logging.ts'
import type { Traceparent } from '../../../platform/telemetry/traceparent.ts'
import type { ConversationStore } from '../stores/conversations.ts'
import type { AssistantConfig } from './config.ts'
import type { Guards } from './rules/guards.ts'
import type { LanguageModel } from './models/model.ts'

export interface Question {
  /** Undefined begins a conversation. */
  readonly conversationId?: string | undefined
  readonly message: string
  readonly viewer: Viewer
  /** By which it may read in the viewer's name. */
  readonly errand: string
  readonly traceparent?: Traceparent | undefined
  /** Aborted when nobody waits for the reply any more. */
  readonly signal?: AbortSignal | undefined
}

export interface Reply {
  readonly conversationId: string
  readonly message: string
  readonly productIds: readonly string[]
  readonly proposal?: {
    readonly token: string
    readonly expiresAt: Date
    readonly lines: readonly { readonly variantId: string; readonly quantity: number }[]
  }
  readonly provider: string
  readonly kind: 'RULES' | 'LANGUAGE_MODEL'
  readonly degraded: boolean
}

/** What happens in a turn, as it happens. The text is sent once it has been checked. */
export type AssistantEvent =
  | { readonly kind: 'STARTED'; readonly conversationId: string }
  | { readonly kind: 'LOOKED'; readonly tool: string }
  | { readonly kind: 'TEXT'; readonly text: string }
  | { readonly kind: 'REPLIED'; readonly reply: Reply }
  | { readonly kind: 'REFUSED'; readonly code: 'NOT_FOUND' | 'CONFLICT'; readonly message: string }

/** The last event of a turn. */
export type Answer = Extract<AssistantEvent, { kind: 'REPLIED' | 'REFUSED' }>

export interface Assistant {
  ask(question: Question): Promise<Answer>
  /** The same turn, as it goes. */
  stream(question: Question): AsyncGenerator<AssistantEvent, void>
}

export interface AssistantParts {
  readonly config: AssistantConfig & { readonly PROPOSAL_SECRET: string }
  readonly conversations: ConversationStore
  readonly askGraph: AskGraph
  readonly clock: Clock
  readonly newId: NewId
  readonly log: Logger
  /** All of them, unless a test leaves some out. */
  readonly guards?: Guards
  /** In place of the configured one, for tests. */
  readonly model?: LanguageModel
}
