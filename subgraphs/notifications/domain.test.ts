import { describe, expect, test } from 'vitest'

import { money } from '../../platform/money.ts'
import { afterAttempt, compose, mostAttempts, type Occasion } from './domain.ts'

const contact = { userId: 'ada', email: 'ada@example.org', name: 'Ada' }
const at = new Date('2026-01-02T12:00:00Z')
const order = {
  orderId: 'order',
  number: 'S-7K2M',
  total: money(123_450, 'GBP'),
  lines: [
    { name: 'Mug', quantity: 2, total: money(500, 'GBP') },
    { name: 'Jug', quantity: 1, total: money(122_950, 'GBP') },
  ],
}

function composed(occasion: Occasion) {
  return compose(occasion, { id: 'notification', contact })
}

describe('given somebody new', () => {
  test('then a welcome is queued for their address', () => {
    expect(composed({ template: 'welcome' })).toEqual({
      id: 'notification',
      userId: 'ada',
      orderId: null,
      channel: 'EMAIL',
      template: 'welcome',
      recipient: 'ada@example.org',
      subject: 'Welcome to Souk',
      text: 'Hello Ada,\n\nyour account is ready. Happy browsing.\n\nSouk\n',
      status: 'QUEUED',
      attempts: 0,
      sentAt: null,
    })
  })
})

describe('when an order', () => {
  test('is confirmed, then the text has its lines and total', () => {
    const { subject, text, orderId } = composed({ template: 'order-confirmed', ...order })
    expect({ subject, orderId }).toEqual({ subject: 'Your order S-7K2M is confirmed', orderId: 'order' })
    expect(text).toContain('2 x Mug: £5.00\n1 x Jug: £1,229.50\nTotal: £1,234.50')
  })

  test('is cancelled, then the text has the refund', () => {
    const { subject, text } = composed({ template: 'order-cancelled', ...order })
    expect(subject).toBe('Your order S-7K2M is cancelled')
    expect(text).toContain('has been refunded. Its total was £1,234.50.')
  })

  test.each([
    ['OUT_OF_STOCK', 'something in it has just been sold out'],
    ['PAYMENT_DECLINED', 'the payment was declined'],
    ['CONFLICT', 'it changed while it was being settled'],
  ] as const)('is rejected for %s, then the text says that', (reason, words) => {
    const { subject, text } = composed({ template: 'order-rejected', reason, ...order })
    expect(subject).toBe('Your order S-7K2M could not be completed')
    expect(text).toContain(words)
    expect(text).toContain('Nothing has been charged.')
  })
})

describe('when a notification', () => {
  const queued = composed({ template: 'welcome' })

  test('is delivered, then it is sent, at that time', () => {
    const { notification } = afterAttempt({ ...queued, attempts: 3 }, { delivered: true, at })
    expect(notification).toEqual({ ...queued, attempts: 3, status: 'SENT', sentAt: at })
  })

  test('cannot be delivered, then it is tried again after growing pauses, and has failed after the last', () => {
    const seen: [string, number][] = []
    for (let notification = queued; notification.status === 'QUEUED';) {
      const attempt = afterAttempt(notification, { delivered: false, at })
      notification = attempt.notification
      expect(notification.sentAt).toBeNull()
      seen.push([notification.status, attempt.pause])
    }
    expect(seen).toHaveLength(mostAttempts)
    expect(seen.slice(0, 3)).toEqual([
      ['QUEUED', 1_000],
      ['QUEUED', 2_000],
      ['QUEUED', 4_000],
    ])
    expect(seen.at(-1)?.[0]).toBe('FAILED')
  })
})
