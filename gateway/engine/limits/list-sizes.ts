/** What a list is taken to hold that has no `first` to limit it: about what the largest of the demo catalogue do. */
export const assumedSizes: Readonly<Record<string, number>> = {
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

/** No page is larger: a subgraph refuses a `first` above it. */
export const largestPage = 100
