/** What the planner wants done, before anything is: calls of tools, in order. */

/** An id; or `@1.2`, the second product that the first call finds. */
export type Reference = string

export interface SearchArguments {
  readonly text?: string
  readonly category?: string
  /** Minor units. */
  readonly minPrice?: number
  readonly maxPrice?: number
  readonly sort?: 'PRICE_LOW_TO_HIGH' | 'PRICE_HIGH_TO_LOW' | 'NEWEST'
  readonly page?: number
}

export interface WantedLine {
  readonly variantId: Reference
  readonly quantity: number
}

export type Basis = 'PRODUCTS' | 'SIMILAR' | 'CART' | 'ORDERS' | 'POPULAR'

export type Step =
  | { readonly tool: 'searchProducts'; readonly args: SearchArguments }
  | { readonly tool: 'productDetails'; readonly args: { readonly productIds: readonly Reference[] } }
  | {
      readonly tool: 'recommend'
      readonly args: { readonly basis: Basis; readonly productIds?: readonly Reference[] }
    }
  | { readonly tool: 'viewCart'; readonly args: Readonly<Record<string, never>> }
  | { readonly tool: 'orderStatus'; readonly args: { readonly number?: string } }
  | { readonly tool: 'proposeCartChange'; readonly args: { readonly lines: readonly WantedLine[] } }

/** Why nothing is looked up. */
export type Topic =
  | 'GREETING'
  | 'THANKS'
  | 'ABOUT_ITSELF'
  | 'OFF_TOPIC'
  | 'CANNOT_BUY'
  | 'CANNOT_REMOVE'
  | 'CANNOT_CANCEL'
  | 'CANNOT_SEE_ACCOUNT'
  | 'CANNOT_DISCOUNT'
  | 'SECRET'
  | 'WHICH_ONE'
  | 'NOTHING_SHOWN'
  | 'NO_SUCH_PLACE'
  | 'QUANTITY'
  | 'ACCEPT_YOURSELF'
  | 'NOTHING_TO_UNDO'
  | 'UNCLEAR'

export interface Plan {
  readonly steps: readonly Step[]
  /** Of a plan without steps. */
  readonly topic?: Topic
  /** What was said and is not taken into account. */
  readonly ignored?: readonly string[]
}

/** A product as it was shown, or found. */
export interface ShownProduct {
  readonly productId: string
  readonly variantId: string
  readonly name: string
  /** Minor units. */
  readonly price: number
}

/** What the planner knows of the conversation so far. */
export interface Remembered {
  /** What was shown last, in that order. */
  readonly shown: readonly ShownProduct[]
  /** What was talked about last, by itself: "it". */
  readonly focus?: ShownProduct | undefined
  readonly lastSearch?: SearchArguments | undefined
  /** Whether a proposal has been made and nothing was said against it. */
  readonly hasProposal: boolean
}

export interface Category {
  readonly slug: string
  readonly name: string
}

/** What a plan is made from, besides the words. */
export interface PlanContext {
  readonly remembered: Remembered
  readonly categories: readonly Category[]
}
