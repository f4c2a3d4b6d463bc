import { capturePayment, refundPayment } from '../../../contracts/payments.ts'
import type { Contract } from '../../../platform/messaging/contract.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import type { Ledger } from '../provider/ledger.ts'
import { createHarness, type Harness } from '../../../tests/support/harness.ts'
import { eventually } from '../../../tests/support/shopping.ts'
import { orderMessage } from '../../../tests/support/messages.ts'
import type { PaymentProvider } from '../provider/provider.ts'
import { testProvider } from '../provider/test-provider.ts'
import type { PaymentsSubgraph } from '../subgraph.ts'

/** What the test provider has written down about one key. */
export interface Charge {
  readonly calls: number
  readonly captures: number
  readonly outcome: string | null
}

export interface PaymentsUnderTest {
  readonly harness: Harness
  readonly subgraph: PaymentsSubgraph
  /** Publishes CapturePayment for a new order, or for one that had it before. */
  capture(order: { token: string; orderId?: string; userId?: string }): Promise<{ orderId: string; userId: string }>
  refund(orderId: string, amount?: number): Promise<void>
  /** The answer to the order, once there is one. */
  answer<Data extends { orderId: string }>(contract: Contract<Data>, orderId: string): Promise<Data>
  answers<Data extends { orderId: string }>(contract: Contract<Data>, orderId: string): Promise<Data[]>
  chargeOf(orderId: string): Promise<Charge | undefined>
  refundsOf(orderId: string): Promise<number[]>
  /** What is still known of who is charged. */
  paymentMethodOf(orderId: string): Promise<string | null | undefined>
  /** `Order.payment` as the viewer gets it. */
  paymentOf(orderId: string, viewer?: Viewer): Promise<unknown>
  stop(): Promise<void>
}

export const amount = { amount: 1_250, currency: 'GBP' }
export const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }

/** @param options.deadline milliseconds the provider may take to answer */
export async function startPayments(
  options: { deadline?: number; provider?: (ledger: Ledger) => PaymentProvider } = {},
): Promise<PaymentsUnderTest> {
  const { deadline = 5_000, provider = testProvider } = options
  const harness = await createHarness({ retryPauses: [20, 20, 20] })
  const subgraph = await harness.add('payments', { config: { PAYMENT_DEADLINE_MS: deadline }, provider })
  const database = harness.databaseOf('payments')

  async function answers<Data extends { orderId: string }>(contract: Contract<Data>, orderId: string): Promise<Data[]> {
    await subgraph.settled()
    return (await harness.published(contract)).map(({ data }) => data).filter((data) => data.orderId === orderId)
  }

  return {
    harness,
    subgraph,
    answers,
    async capture({ token, orderId = newUuid(), userId = newUuid() }) {
      const data = { orderId, userId, amount, paymentMethodToken: token }
      await harness.publish(capturePayment, orderMessage(data))
      return { orderId, userId }
    },
    async refund(orderId, refunded = amount.amount) {
      const data = { orderId, amount: { ...amount, amount: refunded } }
      await harness.publish(refundPayment, orderMessage(data))
    },
    async answer(contract, orderId) {
      const [first] = await eventually(
        () => answers(contract, orderId),
        ({ length }) => length > 0,
        { what: `${contract.type} is published` },
      )
      if (first === undefined) throw new Error('no answer')
      return first
    },
    async chargeOf(orderId) {
      const { rows } = await database.query<Charge & { key: string }>(
        'select calls, captures, outcome from test_provider.charge where key = $1',
        [orderId],
      )
      return rows[0]
    },
    async refundsOf(orderId) {
      const { rows } = await database.query<{ amount: number }>(
        'select amount from test_provider.refund where charge_key = $1 order by key',
        [orderId],
      )
      return rows.map((row) => row.amount)
    },
    async paymentMethodOf(orderId) {
      const { rows } = await database.query<{ payment_method_token: string | null }>(
        'select payment_method_token from payment where order_id = $1',
        [orderId],
      )
      return rows[0]?.payment_method_token
    },
    async paymentOf(orderId, viewer = staff) {
      const { data, errors } = await harness.ask('payments', {
        viewer,
        query: `query ($of: [_Any!]!) { _entities(representations: $of) {
          ... on Order { payment { status amount { amount currency } refunded { amount } } } } }`,
        variables: { of: [{ __typename: 'Order', id: orderId }] },
      })
      if (errors.length > 0) throw new Error(JSON.stringify(errors))
      const [order] = Array.isArray(data?._entities) ? data._entities : []
      return order.payment
    },
    stop: () => harness.stop(),
  }
}
