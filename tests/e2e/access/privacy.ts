/** What belongs to somebody. A type of the graph that is in neither list makes the test fail: somebody must decide. */
export const privateTypes: ReadonlySet<string> = new Set([
  'Address',
  'AssistantBegun',
  'AssistantLookedUp',
  'AssistantReply',
  'AssistantWords',
  'Cart',
  'CartLine',
  'CartProposal',
  'DeadLetter',
  'DeadLetterConnection',
  'DeadLetterEdge',
  'Notification',
  'Order',
  'OrderConnection',
  'OrderEdge',
  'OrderLine',
  'OrderTimelineEntry',
  'Payment',
  'ProposedLine',
  'Saga',
  'SagaStep',
  'Session',
  'ShippingAddress',
  'User',
])

/** What anybody may see, or what reveals nothing by itself: what it belongs to is found by the private field it hangs on. */
export const publicTypes: ReadonlySet<string> = new Set([
  // Sums over all shoppers, which belong to none; for staff, by its permissions.
  ...['AlgorithmTakeUp', 'ModelRun', 'RecommendationFeedback', 'RecommendationReport'],
  'Availability',
  'Category',
  'Image',
  'InvalidInput',
  'Money',
  'OutOfStock',
  'PageInfo',
  'PriceChanged',
  'PriceRange',
  'Product',
  'ProductConnection',
  'ProductEdge',
  'ProductVariant',
  'Recommendation',
  'Refused',
  'StockShortage',
  'VariantOption',
])

/** Nobody but its owner sees these, staff neither. */
const notForStaff: ReadonlySet<string> = new Set([
  'AssistantBegun',
  'AssistantLookedUp',
  'AssistantReply',
  'AssistantWords',
  'Cart',
  'CartLine',
  'CartProposal',
  'ProposedLine',
  'Session',
])

/** Staff see these, their owners do not. */
export const forStaffAlone: ReadonlySet<string> = new Set([
  'DeadLetter',
  'DeadLetterConnection',
  'DeadLetterEdge',
  'Saga',
  'SagaStep',
])

/** Made anew for each who asks, so that nobody else's can come up; by the mutations and the stream that give them out. */
export const madeForWhoAsks: ReadonlySet<string> = new Set([
  'AssistantBegun',
  'AssistantLookedUp',
  'AssistantReply',
  'AssistantWords',
  'CartProposal',
  'ProposedLine',
  'Session',
])

/** Values that would not give anybody away: others have the same. Enums, booleans and small numbers never do. */
const revealNothing: ReadonlySet<string> = new Set([
  'Address.country',
  'DeadLetter.consumer',
  'DeadLetter.subject',
  'Notification.template',
  'OrderLine.name',
  'OrderLine.unitPrice.amount',
  'OrderTimelineEntry.message',
  'Saga.state',
  'SagaStep.detail',
  'SagaStep.message',
  'ShippingAddress.country',
])

/** What gives away of objects that are public in themselves. */
const revealingLeaves: ReadonlySet<string> = new Set(['amount', 'endCursor'])

const shortestText = 6
const smallestNumber = 100_000

/**
 * Whether a value gives its owner away when it is found anywhere.
 * @param field from the private type on: `Order.number`, `Order.total.amount`
 */
export function givesAway(field: string, value: unknown): value is string | number {
  const [, , leaf] = field.split('.')
  if (revealNothing.has(field) || (leaf !== undefined && !revealingLeaves.has(leaf))) return false
  if (typeof value === 'number') return value >= smallestNumber
  return typeof value === 'string' && value.length >= shortestText && !/^[A-Z_]+$/.test(value)
}

/** Whether the value stands in the text of a JSON answer, by itself or within a text. */
export function occursIn(text: string, value: string | number): boolean {
  if (typeof value === 'number') return new RegExp(`(?<![\\d.])${value}(?![\\d.])`).test(text)
  return text.includes(JSON.stringify(value).slice(1, -1))
}

export const roles = ['a visitor', 'a guest', 'another shopper', 'staff', 'the owner'] as const
export type Role = (typeof roles)[number]

/** Whether that role may see that owner's things of a private type. */
export function maySee(role: Role, type: string): boolean {
  if (role === 'the owner') return !forStaffAlone.has(type)
  return role === 'staff' && !notForStaff.has(type)
}
