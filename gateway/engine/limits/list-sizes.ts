/** What is known of the lists of a graph. */
export interface ListSizes {
  /** What a list such as `Product.images` is taken to hold that has no `first` to limit it. */
  readonly assumed: Readonly<Record<string, number>>
  /** No page is larger: a subgraph refuses a `first` above it. */
  readonly largestPage: number
}

/** About what the largest of the demo catalogue hold. */
const assumed: Readonly<Record<string, number>> = {
  'Product.images': 2,
  'Product.variants': 5,
  'ProductVariant.options': 2,
  'Query.categories': 20,
  'Cart.lines': 20,
  'Order.lines': 10,
  'Order.timeline': 8,
  'Order.notifications': 5,
  'Saga.steps': 20,
  'User.addresses': 5,
}

/** Of lists that are not in the table. */
export const usualSize = 10

export const soukSizes: ListSizes = { assumed, largestPage: 100 }

/** Of a graph of which nothing is known. */
export const foreignSizes: ListSizes = { assumed: {}, largestPage: Number.POSITIVE_INFINITY }
