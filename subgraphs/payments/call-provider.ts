import { withinDeadline } from '../../platform/work/deadline.ts'
import { doDueWork, type DueWork } from '../../platform/work/due-work.ts'
import { asError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database } from '../../platform/messaging/database.ts'
import { decide } from './domain/decide.ts'
import { evolve } from './domain/evolve.ts'
import type { Outcome } from './domain/payment.ts'
import { answerMessages } from './messages.ts'
import type { PaymentProvider } from './provider/provider.ts'
import type { DuePayment, PaymentStore } from './stores/store.ts'

/** A claimed payment is left to its caller for longer than a call may take. */
const spareTime = 5_000

export interface CallDependencies {
  readonly database: Database<PaymentStore>
  readonly provider: PaymentProvider
  readonly log: Logger
  /** Milliseconds the provider may take to answer. */
  readonly deadline: number
}

/** Makes the calls to the provider that are due. No transaction is open while it is asked. */
export function callProvider(dependencies: CallDependencies): DueWork {
  const { database, log, deadline } = dependencies
  return doDueWork<DuePayment>({
    name: 'calls to the payment provider',
    log,
    concurrency: 20,
    claim: (limit) => database.store.claimDue(limit, deadline + spareTime),
    traceOf: ({ traceparent }) => traceparent,
    async perform(due) {
      const outcome = await ask(due, dependencies)
      const { events, answer, pause } = decide({ kind: 'PROVIDER_CALLED', outcome }, due.payment)
      const payment = events.reduce(evolve, due.payment)
      await database.transaction(async (transaction) => {
        // Not saved where another call has been answered meanwhile: this answer is late, and holds nothing new.
        const isFirst = await transaction.store.save(payment, pause)
        if (isFirst) transaction.publish(...answerMessages(payment, answer))
      })
    },
  })
}

/** Whatever goes wrong on the way leaves the outcome open: only the provider's own word settles it. */
async function ask(due: DuePayment, parts: CallDependencies): Promise<Outcome> {
  try {
    return await withinDeadline(parts.deadline, (signal) => call(parts.provider, due, signal))
  } catch (thrown) {
    parts.log.warn({ err: asError(thrown), paymentId: due.payment.id }, 'the payment provider gave no answer')
    return { kind: 'NO_ANSWER' }
  }
}

function paymentMethodOf({ payment, paymentMethodToken }: DuePayment): string {
  if (paymentMethodToken === null) throw new Error(`payment ${payment.id} has forgotten whom to charge`)
  return paymentMethodToken
}

async function call(provider: PaymentProvider, due: DuePayment, signal: AbortSignal): Promise<Outcome> {
  const { orderId: key, amount, refunded, refundAsked, next } = due.payment
  switch (next) {
    case 'CAPTURE':
      return provider.capture({ key, amount, token: paymentMethodOf(due) }, signal)
    case 'FIND':
      return provider.find(key, signal)
    case 'REFUND':
      // What was refunded before names this refund, so that a repeat of it is one, and a further one is not.
      return provider.refund({ key: `${key}/refund/${refunded.amount}`, captureKey: key, amount: refundAsked }, signal)
    case null:
      throw new Error(`payment ${due.payment.id} has no call to make`)
  }
}
