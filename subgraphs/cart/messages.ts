import { cartState } from '../../contracts/cart.ts'
import { outgoing, type OutgoingMessage } from '../../platform/messaging/message.ts'
import type { Cart } from './domain.ts'

/** What is published of a cart in each of its versions. */
export function stateOf({ id: cartId, owner, version, lines }: Cart): OutgoingMessage {
  return outgoing(cartState, {
    key: cartId,
    version,
    data: { cartId, owner, lines: lines.map(({ id: lineId, ...line }) => ({ lineId, ...line })) },
  })
}
