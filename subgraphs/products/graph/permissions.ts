import { allow, federationFields, isStaff } from '../../../platform/graphql/rules.ts'

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  // The catalogue is public.
  Query: { ...federationFields, product: allow, products: allow, categories: allow },
  Mutation: { createProduct: isStaff, setPrice: isStaff, discontinueProduct: isStaff },
  Product: allow,
  ProductVariant: allow,
  VariantOption: allow,
  PriceRange: allow,
  Image: allow,
  Category: allow,
  ProductConnection: allow,
  ProductEdge: allow,
  PageInfo: allow,
  Money: allow,
  Refused: allow,
  InvalidInput: allow,
}
