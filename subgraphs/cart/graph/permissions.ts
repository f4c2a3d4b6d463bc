import { allow, denied, federationFields, hasSession, viewerRule } from '../../../platform/graphql/rules.ts'
import { ownerOf } from '../carts.ts'
import type { Cart } from '../domain.ts'

const isOwnCart = viewerRule<Cart>('isOwnCart', (viewer, cart) => {
  const owner = ownerOf(viewer)
  return (owner?.kind === cart.owner.kind && owner.id === cart.owner.id) || denied(viewer)
})

/** Who may see and do what; whatever is not named is denied. Nobody sees another's cart, staff neither. */
export const permissions = {
  Query: { ...federationFields, cart: allow },
  Mutation: { addCartItem: hasSession, updateCartLine: hasSession, clearCart: hasSession, acceptProposal: hasSession },
  Cart: isOwnCart,
  // Lines are reached through the viewer's own cart only.
  CartLine: allow,
  ProductVariant: allow,
  Product: allow,
  PriceRange: allow,
  Image: allow,
  Money: allow,
  OutOfStock: allow,
  StockShortage: allow,
  Refused: allow,
  InvalidInput: allow,
}
