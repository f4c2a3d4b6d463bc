import type { OutgoingMessage } from '../../../platform/messaging/message.ts'
import { owedCommands, type Checkout, type CommandKind, type Input } from '../domain/checkout.ts'
import { decide } from '../domain/decide.ts'
import { evolve } from '../domain/evolve.ts'
import type { Step } from '../domain/history.ts'
import type { Order } from '../domain/order.ts'
import { commandMessage, commandTypes, eventMessages } from './messages.ts'
import type { OpenOrder } from '../stores/store.ts'

/** An input of the checkout, and what the flight recorder shows of it. */
export interface RecordedInput {
  readonly input: Input
  /** The message that brought it, such as `inventory.StockReserved`. */
  readonly cause?: { readonly message: string; readonly detail?: string | undefined }
}

export interface Moment {
  readonly at: Date
  readonly traceId?: string | undefined
}

export interface Applied {
  readonly changed: boolean
  readonly order: Order
  readonly steps: readonly Step[]
  readonly messages: readonly OutgoingMessage[]
}

type StepParts = Pick<Step, 'kind' | 'message' | 'attempt' | 'status'> & { readonly detail?: string | undefined }

const compensations: ReadonlySet<CommandKind> = new Set<CommandKind>(['RELEASE_STOCK', 'REFUND_PAYMENT'])

/** What an input makes of an order: the order after it, the steps that are recorded, and the messages to publish. */
export function applyInput(open: OpenOrder, recorded: RecordedInput, { at, traceId }: Moment): Applied {
  const { order: before, paymentMethodToken } = open
  const { events, commands } = decide(recorded.input, before.checkout)
  const changed = events.length > 0
  const checkout = events.reduce(evolve, before.checkout)
  const order = changed ? { ...before, checkout, version: before.version + 1, updatedAt: at } : before
  const published = events.flatMap((event) => eventMessages(event, order))
  const commandMessages = commands.map((kind) => commandMessage(kind, { order, paymentMethodToken }))
  const parts: StepParts[] = [
    ...causeSteps(recorded, before.checkout, changed),
    ...published.map(({ type }) => endStep(type, checkout)),
    ...commands.map((kind) => commandStep(kind, checkout)),
  ]
  const steps = parts.map(({ detail = null, ...step }): Step => ({ at, traceId: traceId ?? null, detail, ...step }))
  // Commands first: the shopper waits for what they bring about, and nobody waits for the consumers of events.
  return { changed, order, steps, messages: [...commandMessages, ...published] }
}

/** What happened is shown with the status that the order had when it did; none when the order took no notice. */
function causeSteps({ input, cause }: RecordedInput, before: Checkout, changed: boolean): StepParts[] {
  const { attempt, status } = before
  if (input.kind === 'DEADLINE_PASSED') {
    const detail = 'no answer in time'
    return owedCommands(before).map((kind) => ({
      kind: 'TIMEOUT',
      message: commandTypes[kind],
      attempt,
      status,
      detail,
    }))
  }
  if (cause === undefined) return []
  const { message, detail } = cause
  if (changed) return [{ kind: 'EVENT', message, attempt, status, detail }]
  return [{ kind: 'EVENT', message, attempt, status: null, detail: detail ? `${detail}; too late` : 'too late' }]
}

function endStep(message: string, { attempt, status, reason }: Checkout): StepParts {
  return { kind: 'EVENT', message, attempt, status, detail: reason ?? undefined }
}

function commandStep(kind: CommandKind, { attempt, status }: Checkout): StepParts {
  return { kind: compensations.has(kind) ? 'COMPENSATION' : 'COMMAND', message: commandTypes[kind], attempt, status }
}
