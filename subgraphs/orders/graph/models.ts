import type { Connection } from '../../../platform/graphql/page.ts'
import type { Step, TimelineEntry } from '../domain/history.ts'
import type { Order, OrderLine } from '../domain/order.ts'
import type { Shortage } from '../domain/placement.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

export interface OrderModel extends Order {
  readonly __typename?: 'Order'
}

export type OrderLineModel = OrderLine
export type OrderPageModel = Connection<OrderModel>
export type ShortageModel = Shortage
export type TimelineEntryModel = TimelineEntry

export interface SagaModel {
  readonly state: string
  readonly steps: readonly Step[]
}

/** The key of a user, whom users owns. */
export interface UserModel {
  readonly id: string
}

/** The key of a variant, which products owns. */
export interface VariantModel {
  readonly id: string
}
