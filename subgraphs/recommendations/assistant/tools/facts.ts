import { z } from 'zod'

/** What tools return, as our code reads it. A model reads the same in words, without the token of a proposal. */

const foundVariant = z.object({
  variantId: z.string(),
  name: z.string(),
  /** Minor units. */
  price: z.int(),
  currency: z.string(),
  /** Undefined where it is not known just now. */
  available: z.int().optional(),
})
export type FoundVariant = z.infer<typeof foundVariant>

const foundProduct = z.object({
  productId: z.string(),
  name: z.string(),
  category: z.string().optional(),
  description: z.string(),
  /** At least one; the one to propose stands first. */
  variants: z.array(foundVariant).min(1),
  /** Why it is recommended. */
  explanation: z.string().optional(),
})
export type FoundProduct = z.infer<typeof foundProduct>

const searched = z.object({
  text: z.string().optional(),
  category: z.string().optional(),
  minPrice: z.int().optional(),
  maxPrice: z.int().optional(),
  sort: z.enum(['PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST']).optional(),
  page: z.int().optional(),
})

const money = z.object({ amount: z.int(), currency: z.string() })

const proposedLine = z.object({
  variantId: z.string(),
  productId: z.string(),
  name: z.string(),
  /** Which of several variants of the product it is. */
  variant: z.string().optional(),
  quantity: z.int(),
  price: money,
})

export const toolFacts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('PRODUCTS'),
    products: z.array(foundProduct),
    /** Of a search: what was searched for, and how many there are in all. */
    search: searched.optional(),
    total: z.int().optional(),
  }),
  z.object({ kind: z.literal('DETAILS'), products: z.array(foundProduct) }),
  z.object({
    kind: z.literal('CART'),
    lines: z.array(z.object({ name: z.string(), quantity: z.int(), total: money.optional() })),
    subtotal: money.optional(),
  }),
  z.object({
    kind: z.literal('ORDERS'),
    signedIn: z.boolean(),
    asked: z.string().optional(),
    orders: z.array(
      z.object({
        number: z.string(),
        status: z.string(),
        placedAt: z.string(),
        total: money,
        items: z.array(z.string()),
      }),
    ),
  }),
  z.object({
    kind: z.literal('PROPOSAL'),
    token: z.string(),
    expiresAt: z.string(),
    lines: z.array(proposedLine),
  }),
  z.object({
    kind: z.literal('REFUSED'),
    why: z.enum(['UNKNOWN_ID', 'NO_VARIANT', 'QUANTITY', 'OUT_OF_STOCK', 'NOT_FOUND', 'UNAVAILABLE', 'TOO_OFTEN']),
    name: z.string().optional(),
    available: z.int().optional(),
  }),
])
export type ToolFacts = z.infer<typeof toolFacts>
export type Proposal = Extract<ToolFacts, { kind: 'PROPOSAL' }>
