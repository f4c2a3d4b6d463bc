import { allow, federationFields, isStaff } from '../../../platform/graphql/rules.ts'

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  Query: federationFields,
  Mutation: { setStock: isStaff },
  // How much there is to buy is public.
  ProductVariant: allow,
  Availability: allow,
  Refused: allow,
  InvalidInput: allow,
}
