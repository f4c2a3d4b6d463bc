import type { Proposal, ToolFacts } from '../../tools/facts.ts'
import { pounds } from './pounds.ts'

export function sayCart({ lines, subtotal }: Extract<ToolFacts, { kind: 'CART' }>): string[] {
  if (lines.length === 0) return ['Your cart is empty.']
  const sum = subtotal === undefined ? [] : [`That comes to ${pounds(subtotal.amount)}.`]
  return ['In your cart:', ...lines.map(({ name, quantity }) => `${quantity} × ${name}`), ...sum]
}

export function sayOrders({ signedIn, orders, asked }: Extract<ToolFacts, { kind: 'ORDERS' }>): string[] {
  if (!signedIn) return ['Sign in to see your orders.']
  if (orders.length === 0) return [asked === undefined ? 'You have no orders yet.' : `You have no order ${asked}.`]
  return orders.map(
    ({ number, status, placedAt, total, items }) =>
      `${number} of ${placedAt.slice(0, 10)} is ${status.toLowerCase()}: ${items.join(', ')}; ${pounds(total.amount)}.`,
  )
}

export function sayProposal({ lines }: Proposal): string[] {
  const sum = lines.reduce((total, { quantity, price }) => total + quantity * price.amount, 0)
  return [
    'I propose to put into your cart:',
    ...lines.map(({ name, variant, quantity, price }) => {
      const as = variant === undefined ? name : `${name} (${variant})`
      return `${quantity} × ${as}, ${pounds(price.amount)}`
    }),
    `${pounds(sum)} in all. Nothing has changed yet: accept the proposal within ten minutes.`,
  ]
}
