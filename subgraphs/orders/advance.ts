import type { OutgoingMessage } from '../../platform/messaging/message.ts'
import { owedCommands, type Checkout, type CommandKind, type Input } from './domain/checkout.ts'
import { decide } from './domain/decide.ts'
import { evolve } from './domain/evolve.ts'
import type { Step } from './domain/history.ts'
import type { Order } from './domain/order.ts'
import { commandMessage, commandTypes, eventMessages } from './messages.ts'
import type { OpenOrder } from './stores/store.ts'

/** Something that happens to an order, and what the flight recorder shows of it. */
export interface Happening {
  readonly input: Input
  /** The message that told of it, such as `inventory.StockReserved`. */
  readonly heard?: { readonly message: string; readonly detail?: string | undefined }
}

export interface Moment {
  readonly at: Date
  readonly traceId?: string | undefined
}

export interface Advance {
  readonly changed: boolean
  readonly order: Order
  readonly steps: readonly Step[]
  readonly messages: readonly OutgoingMessage[]
}

type StepParts = Pick<Step, 'kind' | 'message' | 'attempt' | 'status'> & { readonly detail?: string | undefined }

const compensations: ReadonlySet<CommandKind> = new Set<CommandKind>(['RELEASE_STOCK', 'REFUND_PAYMENT'])

/** What a happening makes of an order: the order after it, what is recorded of it, and what is to be said. */
export function advance(open: OpenOrder, happening: Happening, { at, traceId }: Moment): Advance {
  const { order: before, paymentMethodToken } = open
  const { events, commands } = decide(happening.input, before.checkout)
  const changed = events.length > 0
  const checkout = events.reduce(evolve, before.checkout)
  const order = changed ? { ...before, checkout, version: before.version + 1, updatedAt: at } : before
  const told = events.flatMap((event) => eventMessages(event, order))
  const asked = commands.map((kind) => commandMessage(kind, { order, paymentMethodToken }))
  const parts: StepParts[] = [
    ...causeSteps(happening, before.checkout, changed),
    ...told.map(({ type }) => endStep(type, checkout)),
    ...commands.map((kind) => commandStep(kind, checkout)),
  ]
  const steps = parts.map(({ detail = null, ...step }): Step => ({ at, traceId: traceId ?? null, detail, ...step }))
  return { changed, order, steps, messages: [...told, ...asked] }
}

/** What happened is shown with the status that the order had when it did; none when the order took no notice. */
function causeSteps({ input, heard }: Happening, before: Checkout, changed: boolean): StepParts[] {
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
  if (heard === undefined) return []
  const { message, detail } = heard
  if (changed) return [{ kind: 'EVENT', message, attempt, status, detail }]
  return [{ kind: 'EVENT', message, attempt, status: null, detail: detail ? `${detail}; too late` : 'too late' }]
}

function endStep(message: string, { attempt, status, reason }: Checkout): StepParts {
  return { kind: 'EVENT', message, attempt, status, detail: reason ?? undefined }
}

function commandStep(kind: CommandKind, { attempt, status }: Checkout): StepParts {
  return { kind: compensations.has(kind) ? 'COMPENSATION' : 'COMMAND', message: commandTypes[kind], attempt, status }
}
