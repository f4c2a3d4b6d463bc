import { formatMoney, type Money } from '../../platform/money.ts'

export type Channel = 'EMAIL' | 'SMS' | 'PUSH' | 'WEBHOOK'
export type NotificationStatus = 'QUEUED' | 'SENT' | 'FAILED'
export type Template = 'welcome' | 'order-confirmed' | 'order-rejected' | 'order-cancelled'

/** Where a user is reached. */
export interface Contact {
  readonly userId: string
  readonly email: string
  readonly name: string
}

export interface Notification {
  readonly id: string
  readonly userId: string
  readonly orderId: string | null
  readonly channel: Channel
  readonly template: Template
  readonly recipient: string
  readonly subject: string
  readonly text: string
  readonly status: NotificationStatus
  /** Failed attempts so far. */
  readonly attempts: number
  readonly sentAt: Date | null
}

interface OrderOccasion {
  readonly orderId: string
  readonly number: string
  readonly total: Money
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: Money }[]
}

/** What happened that a user gets a notification of. */
export type Occasion =
  | { readonly template: 'welcome' }
  | ({ readonly template: 'order-confirmed' | 'order-cancelled' } & OrderOccasion)
  | ({
      readonly template: 'order-rejected'
      readonly reason: 'OUT_OF_STOCK' | 'PAYMENT_DECLINED' | 'CONFLICT'
    } & OrderOccasion)

export const mostAttempts = 8
const firstPause = 1_000

/** The notification for an occasion, ready to be delivered. */
export function compose(occasion: Occasion, { id, contact }: { id: string; contact: Contact }): Notification {
  const { subject, paragraphs } = textOf(occasion)
  return {
    id,
    userId: contact.userId,
    orderId: 'orderId' in occasion ? occasion.orderId : null,
    channel: 'EMAIL',
    template: occasion.template,
    recipient: contact.email,
    subject,
    text: [`Hello ${contact.name},`, ...paragraphs, 'Souk'].join('\n\n') + '\n',
    status: 'QUEUED',
    attempts: 0,
    sentAt: null,
  }
}

function textOf(occasion: Occasion): { subject: string; paragraphs: string[] } {
  switch (occasion.template) {
    case 'welcome':
      return { subject: 'Welcome to Souk', paragraphs: ['your account is ready. Happy browsing.'] }
    case 'order-confirmed':
      return {
        subject: `Your order ${occasion.number} is confirmed`,
        paragraphs: [`thank you: your order ${occasion.number} is paid and being packed.`, listLines(occasion)],
      }
    case 'order-cancelled':
      return {
        subject: `Your order ${occasion.number} is cancelled`,
        paragraphs: [
          `your order ${occasion.number} is cancelled.`,
          `What was charged for it has been refunded. Its total was ${formatMoney(occasion.total)}.`,
        ],
      }
    case 'order-rejected':
      return {
        subject: `Your order ${occasion.number} could not be completed`,
        paragraphs: [
          `your order ${occasion.number} could not be completed: ${reasons[occasion.reason]}.`,
          nothingCharged,
        ],
      }
  }
}

const nothingCharged = 'Nothing has been charged. What you chose is still in your cart.'

const reasons = {
  OUT_OF_STOCK: 'something in it has just been sold out',
  PAYMENT_DECLINED: 'the payment was declined',
  CONFLICT: 'it changed while it was being settled',
} as const

function listLines({ lines, total }: OrderOccasion): string {
  const rows = lines.map(({ quantity, name, total: sum }) => `${quantity} x ${name}: ${formatMoney(sum)}`)
  return [...rows, `Total: ${formatMoney(total)}`].join('\n')
}

/** What a delivery came to. `pause` is in milliseconds, until the next attempt of one that is still queued. */
export function afterAttempt(
  notification: Notification,
  attempt: { delivered: boolean; at: Date },
): { notification: Notification; pause: number } {
  if (attempt.delivered) return { notification: { ...notification, status: 'SENT', sentAt: attempt.at }, pause: 0 }
  const attempts = notification.attempts + 1
  const status = attempts >= mostAttempts ? 'FAILED' : 'QUEUED'
  return { notification: { ...notification, attempts, status }, pause: firstPause * 2 ** notification.attempts }
}
