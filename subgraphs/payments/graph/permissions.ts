import { allow, federationFields, isOwnerOrStaff } from '../../../platform/graphql/rules.ts'
import type { Payment } from '../domain/payment.ts'

/** Who may see what; whatever is not named is denied. */
export const permissions = {
  Query: federationFields,
  // The resolver hands out the payment to the order's owner and to staff only.
  Order: allow,
  Payment: isOwnerOrStaff((payment: Payment) => payment.userId),
  Money: allow,
}
