/**
 * What the answers so far have shown that a later operation needs: the id of something to buy, the version of the cart,
 * the token of a proposal.
 * The keys are the names that the examples' variables point to with `// <- name`.
 */
export type KnownValues = Readonly<Record<string, string | number>>

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isValue = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

function under(fields: Fields, name: string): Fields {
  const value = fields[name]
  return isFields(value) ? value : {}
}

const isInStock = (variant: Fields): boolean => under(variant, 'availability').inStock !== false

// Answers carry no `__typename` unless it was asked for, so a thing is known by the fields that only it has.
function knownFrom(fields: Fields): Fields {
  const { id, slug, version, variants } = fields
  const variant = Array.isArray(variants) ? variants.filter(isFields).find(isInStock) : undefined
  const isCart = isValue(version) && isValue(id)
  const isProposal = isValue(fields.token) && isValue(fields.expiresAt)
  return {
    ...(variant && { 'product.slug': slug, 'variant.id': variant.id }),
    ...(isCart && {
      'cart.version': version,
      'cart.subtotal': under(fields, 'subtotal').amount,
      // One intended order for each state of the cart: pressing the button twice orders once.
      'cart.orderKey': `${id}-${version}`,
    }),
    ...(isProposal && { 'proposal.token': fields.token }),
  }
}

function valuesOf(fields: Fields): KnownValues {
  const entries = Object.entries(fields).filter((entry): entry is [string, string | number] => isValue(entry[1]))
  return Object.fromEntries(entries)
}

/** The known values with those that the answer `data` shows; of several products or carts in it the first counts. */
export const learn = (known: KnownValues, data: unknown): KnownValues => ({ ...known, ...shownIn(data) })

function shownIn(data: unknown): KnownValues {
  const parts = Array.isArray(data) ? data : isFields(data) ? Object.values(data) : []
  const inside = parts.map(shownIn).reduceRight((later, earlier) => ({ ...later, ...earlier }), {})
  return isFields(data) ? { ...inside, ...valuesOf(knownFrom(data)) } : inside
}
