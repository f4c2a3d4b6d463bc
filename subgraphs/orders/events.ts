import { stockCommitted, stockRefused, stockReleased, stockReserved } from '../../contracts/inventory.ts'
import { paymentCaptured, paymentDeclined, paymentRefunded } from '../../contracts/payments.ts'
import type { Contract } from '../../platform/messaging/contract.ts'
import { onAll, type Handler } from '../../platform/messaging/handler.ts'
import type { AdvanceOrder } from './saga/advance-order.ts'
import type { LaterInput } from './domain/checkout.ts'
import type { Order } from './domain/order.ts'
import type { OrderStore } from './stores/store.ts'

/** What an answer means to the saga, and what the flight recorder shows of it beside its name. */
interface AnswerRead {
  readonly input: LaterInput
  readonly detail?: string
}

/** The answers of inventory and payments. */
export function answerHandlers(dependencies: { readonly advanceOrder: AdvanceOrder }): Handler<OrderStore>[] {
  const { advanceOrder } = dependencies

  function onAnswer<Data extends { orderId: string }>(
    contract: Contract<Data>,
    read: (data: Data, order: Order) => AnswerRead,
  ): Handler<OrderStore> {
    return onAll(contract, async (messages, transaction) => {
      const orders = await transaction.store.lock(messages.map(({ data }) => data.orderId))
      return async ({ data }) => {
        const open = orders.get(data.orderId)
        // Commands are published with the order that they are about, so an answer finds its order.
        if (open === undefined) throw new Error(`there is no order ${data.orderId}`)
        const { input, detail } = read(data, open.order)
        await advanceOrder(open, { input, cause: { message: contract.type, detail } }, transaction)
      }
    })
  }

  return [
    onAnswer(stockReserved, ({ expiresAt }) => ({
      input: { kind: 'STOCK_RESERVED' },
      detail: `held until ${expiresAt}`,
    })),
    onAnswer(stockRefused, ({ shortages }, order) => ({
      input: { kind: 'STOCK_REFUSED', short: shortages.length > 0 },
      detail:
        shortages.map((shortage) => shortageInWords(shortage, order)).join('; ') || 'the order was released before',
    })),
    onAnswer(stockCommitted, () => ({ input: { kind: 'STOCK_COMMITTED' } })),
    onAnswer(stockReleased, ({ why }) => ({ input: { kind: 'STOCK_RELEASED', why }, detail: why })),
    onAnswer(paymentCaptured, () => ({ input: { kind: 'PAYMENT_CAPTURED' } })),
    onAnswer(paymentDeclined, ({ reason }) => ({ input: { kind: 'PAYMENT_DECLINED' }, detail: reason })),
    onAnswer(paymentRefunded, () => ({ input: { kind: 'PAYMENT_REFUNDED' } })),
  ]
}

function shortageInWords(
  { variantId, requested, available }: { variantId: string; requested: number; available: number },
  { lines }: Order,
): string {
  const name = lines.find((line) => line.variantId === variantId)?.name ?? variantId
  return `${name}: ${requested} wanted, ${available} left`
}
