import {
  allow,
  denied,
  federationFields,
  isOwnerOrStaff,
  isSignedIn,
  isStaff,
  viewerRule,
} from '../../../platform/graphql/rules.ts'
import { isStaff as viewerIsStaff, isUser } from '../../../platform/identity/viewer.ts'
import type { Order } from '../domain/order.ts'
import type { UserModel } from './models.ts'

const isOneselfOrStaff = viewerRule<UserModel>(
  'isOneselfOrStaff',
  (viewer, { id }) => isUser(viewer, id) || viewerIsStaff(viewer) || denied(viewer),
)

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  // The resolver answers `order` to its owner and to staff only.
  Query: { ...federationFields, order: allow, orders: isStaff },
  Mutation: { placeOrder: isSignedIn, cancelOrder: isSignedIn },
  Order: isOwnerOrStaff((order: Order) => order.userId),
  // These are reached through an order, or a list of orders, that the viewer may see.
  OrderLine: allow,
  ShippingAddress: allow,
  OrderTimelineEntry: allow,
  OrderConnection: allow,
  OrderEdge: allow,
  Saga: isStaff,
  SagaStep: isStaff,
  User: { id: allow, orders: isOneselfOrStaff },
  ProductVariant: allow,
  Money: allow,
  PageInfo: allow,
  OutOfStock: allow,
  StockShortage: allow,
  PriceChanged: allow,
  Refused: allow,
  InvalidInput: allow,
}
