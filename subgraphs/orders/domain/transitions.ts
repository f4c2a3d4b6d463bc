import type { CheckoutState, CommandKind, Input } from './checkout.ts'

/** A change that `decide` can make, by the state of the saga before and after it. */
export interface Transition {
  readonly from: CheckoutState
  readonly on: Input['kind']
  readonly to: CheckoutState
  readonly sends: readonly CommandKind[]
  /** What sets it apart from others of the same state and input. */
  readonly when?: string
}

const giveBack = ['REFUND_PAYMENT', 'RELEASE_STOCK'] as const
const cancelled = 'cancellation asked for'

const settled = [
  { to: 'COMPENSATING', sends: [], when: 'more is to be given back' },
  { to: 'REJECTED', sends: [], when: 'all is given back' },
  { to: 'CANCELLED', sends: [], when: 'all is given back, cancellation asked for' },
] as const

/** After the end: a late answer may show that stock is held or money charged after all, and that is given back too. */
function afterTheEnd(state: 'REJECTED' | 'CANCELLED'): Transition[] {
  const stays = { from: state, to: state }
  return [
    { ...stays, on: 'STOCK_RESERVED', sends: ['RELEASE_STOCK'] },
    { ...stays, on: 'STOCK_COMMITTED', sends: ['RELEASE_STOCK'] },
    { ...stays, on: 'STOCK_COMMITTED', sends: [], when: 'it is being released already' },
    { ...stays, on: 'STOCK_RELEASED', sends: [] },
    { ...stays, on: 'PAYMENT_CAPTURED', sends: ['REFUND_PAYMENT'] },
    { ...stays, on: 'PAYMENT_REFUNDED', sends: [] },
    ...repeats(state),
  ]
}

/** What is owed depends on what is still to be given back. */
function repeats(state: 'COMPENSATING' | 'REJECTED' | 'CANCELLED'): Transition[] {
  const repeat = { from: state, on: 'DEADLINE_PASSED', to: state } as const
  return [
    { ...repeat, sends: giveBack, when: 'both are to be given back' },
    { ...repeat, sends: ['REFUND_PAYMENT'], when: 'money is to be given back' },
    { ...repeat, sends: ['RELEASE_STOCK'], when: 'stock is to be given back' },
  ]
}

/**
 * All that can happen to a checkout. What is not in it changes nothing: an answer that comes twice, or too late to matter.
 * A test holds it against `decide`, and the README's picture is drawn from it.
 */
export const transitions: readonly Transition[] = [
  { from: 'NONE', on: 'PLACE_ORDER', to: 'RESERVING', sends: ['RESERVE_STOCK'] },

  { from: 'RESERVING', on: 'STOCK_RESERVED', to: 'CAPTURING', sends: ['CAPTURE_PAYMENT'] },
  { from: 'RESERVING', on: 'STOCK_RESERVED', to: 'COMPENSATING', sends: ['RELEASE_STOCK'], when: cancelled },
  { from: 'RESERVING', on: 'STOCK_REFUSED', to: 'REJECTED', sends: [] },
  { from: 'RESERVING', on: 'STOCK_REFUSED', to: 'CANCELLED', sends: [], when: cancelled },
  { from: 'RESERVING', on: 'CANCEL_ORDER', to: 'RESERVING', sends: [] },
  { from: 'RESERVING', on: 'DEADLINE_PASSED', to: 'RESERVING', sends: ['RESERVE_STOCK'] },

  { from: 'CAPTURING', on: 'PAYMENT_CAPTURED', to: 'COMMITTING', sends: ['COMMIT_STOCK'] },
  { from: 'CAPTURING', on: 'PAYMENT_CAPTURED', to: 'COMPENSATING', sends: giveBack, when: cancelled },
  { from: 'CAPTURING', on: 'PAYMENT_DECLINED', to: 'COMPENSATING', sends: ['RELEASE_STOCK'] },
  { from: 'CAPTURING', on: 'CANCEL_ORDER', to: 'CAPTURING', sends: [] },
  { from: 'CAPTURING', on: 'DEADLINE_PASSED', to: 'CAPTURING', sends: ['CAPTURE_PAYMENT'] },

  { from: 'COMMITTING', on: 'STOCK_COMMITTED', to: 'COMPLETED', sends: [] },
  { from: 'COMMITTING', on: 'STOCK_COMMITTED', to: 'COMPENSATING', sends: giveBack, when: cancelled },
  { from: 'COMMITTING', on: 'STOCK_REFUSED', to: 'COMPENSATING', sends: giveBack },
  { from: 'COMMITTING', on: 'CANCEL_ORDER', to: 'COMMITTING', sends: [] },
  { from: 'COMMITTING', on: 'DEADLINE_PASSED', to: 'COMMITTING', sends: ['COMMIT_STOCK'] },

  { from: 'COMPLETED', on: 'CANCEL_ORDER', to: 'COMPENSATING', sends: giveBack },

  ...settled.map((end) => ({ from: 'COMPENSATING', on: 'STOCK_RELEASED', ...end }) as const),
  ...settled.map((end) => ({ from: 'COMPENSATING', on: 'PAYMENT_REFUNDED', ...end }) as const),
  { from: 'COMPENSATING', on: 'STOCK_COMMITTED', to: 'COMPENSATING', sends: [], when: 'it is being released already' },
  { from: 'COMPENSATING', on: 'STOCK_COMMITTED', to: 'COMPENSATING', sends: ['RELEASE_STOCK'] },
  { from: 'COMPENSATING', on: 'PAYMENT_CAPTURED', to: 'COMPENSATING', sends: ['REFUND_PAYMENT'] },
  ...repeats('COMPENSATING'),

  ...afterTheEnd('REJECTED'),
  ...afterTheEnd('CANCELLED'),
]
