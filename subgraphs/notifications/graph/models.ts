/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/** The key of an order, which orders owns. */
export interface OrderModel {
  readonly id: string
}
