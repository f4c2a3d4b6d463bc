import { withinDeadline } from '../../platform/work/deadline.ts'
import { doDueWork, type DueWork } from '../../platform/work/due-work.ts'
import { asError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { Database, Queryable } from '../../platform/postgres/database.ts'
import { applyOutcome, type Outcome } from './domain.ts'
import { answers } from './events.ts'
import type { PaymentProvider } from './provider/provider.ts'
import type { DuePayment, PaymentStore } from './stores/store.ts'

/** A claimed payment is left to its caller for longer than a call may take. */
const spareTime = 5_000

export interface CallDependencies {
  readonly database: Database
  readonly provider: PaymentProvider
  readonly log: Logger
  storeIn(queryable: Queryable): PaymentStore
  /** Milliseconds the provider may take to answer. */
  readonly deadline: number
}

/** Makes the calls to the provider that are due. No transaction is open while it is asked. */
export function callProvider(dependencies: CallDependencies): DueWork {
  const { database, log, storeIn, deadline } = dependencies
  return doDueWork<DuePayment>({
    name: 'calls to the payment provider',
    log,
    concurrency: 20,
    claim: (limit) => storeIn(database).claimDue(limit, deadline + spareTime),
    traceOf: ({ traceparent }) => traceparent,
    async perform(due) {
      const step = applyOutcome(due.payment, await ask(due, dependencies))
      await database.transaction(async (transaction) => {
        // Not saved: somebody else has had an answer meanwhile, and ours is late and says nothing new.
        const isFirst = await storeIn(transaction).save(step.payment, step.pause)
        if (isFirst) transaction.publish(...answers(step.payment, step.answer))
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
