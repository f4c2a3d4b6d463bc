import { allow, federationFields, isOwnerOrStaff } from '../../../platform/graphql/rules.ts'
import type { Notification } from '../domain.ts'

/** Who may see what; whatever is not named is denied. */
export const permissions = {
  Query: federationFields,
  // The resolver hands out notifications to the user they went to and to staff only.
  Order: allow,
  Notification: isOwnerOrStaff((notification: Notification) => notification.userId),
}
