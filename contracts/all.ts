import type { Contract } from '../platform/messaging/contract.ts'
import { cartState } from './cart.ts'
import {
  commitStock,
  releaseStock,
  reserveStock,
  stockCommitted,
  stockRefused,
  stockReleased,
  stockReserved,
  stockState,
} from './inventory.ts'
import { notificationSent } from './notifications.ts'
import { orderCancelled, orderConfirmed, orderPlaced, orderRejected } from './orders.ts'
import { capturePayment, paymentCaptured, paymentDeclined, paymentRefunded, refundPayment } from './payments.ts'
import { productState } from './products.ts'
import { guestIdentified, userSignedUp } from './users.ts'

/** Every message there is: a bus between processes is declared by them. */
export const allContracts: readonly Contract[] = [
  productState,
  reserveStock,
  commitStock,
  releaseStock,
  stockReserved,
  stockRefused,
  stockCommitted,
  stockReleased,
  stockState,
  userSignedUp,
  guestIdentified,
  cartState,
  orderPlaced,
  orderConfirmed,
  orderRejected,
  orderCancelled,
  capturePayment,
  refundPayment,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  notificationSent,
]
