import { describe, expect, it } from 'vitest'

import type { OrderStatus } from './checkout.ts'
import { timeline, type Step } from './history.ts'

const at = new Date('2026-01-01T00:00:00.000Z')

function step(message: string, status: OrderStatus | null): Step {
  return { at, kind: 'EVENT', message, attempt: 1, traceId: null, detail: null, status }
}

describe('the timeline of an order', () => {
  it('says what happened in words, and leaves out what only machines care for', () => {
    const steps = [
      step('orders.OrderPlaced', 'PENDING'),
      step('inventory.ReserveStock', 'PENDING'),
      step('orders.OrderConfirmed', 'CONFIRMED'),
    ]
    expect(timeline(steps, null)).toEqual([
      { at, status: 'PENDING', message: 'We have received your order.' },
      { at, status: 'CONFIRMED', message: 'Your order is confirmed and is being packed.' },
    ])
  })

  it('leaves out what changed nothing', () => {
    expect(timeline([step('payments.PaymentCaptured', null)], null)).toEqual([])
  })

  it('says why an order was rejected', () => {
    const [entry] = timeline([step('orders.OrderRejected', 'REJECTED')], 'PAYMENT_DECLINED')
    expect(entry?.message).toContain('declined')
  })

  it('has no words for a rejection without a reason', () => {
    expect(timeline([step('orders.OrderRejected', 'REJECTED')], null)).toEqual([])
  })
})
