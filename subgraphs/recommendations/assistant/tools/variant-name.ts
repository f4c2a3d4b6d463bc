/** What tells a variant from the others of its product: the shop writes the name of the product before it. */
export function ownName(variant: string, product: string): string {
  const rest = variant.startsWith(product) ? variant.slice(product.length).replace(/^[ ,:-]+/, '') : variant
  return rest === '' ? variant : rest
}
