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
  | 'HOW_MANY'
  | 'NOT_WANTED'
  | 'NOT_SURE'
  | 'NO_SUCH_PRICE'
  | 'NO_MORE'
  | 'NO_FURTHER'
  | 'ACCEPT_YOURSELF'
  | 'NOTHING_TO_UNDO'
  | 'UNDONE'
  | 'UNCLEAR'

/** What of a wish is clear while the shopper is asked about the rest of it. */
export interface Pending {
  /** Of that which is asked about. */
  readonly quantity: number
  readonly settled: readonly WantedLine[]
}

export interface Plan {
  readonly steps: readonly Step[]
  /** If the shopper has to be asked, and nothing is proposed. */
  readonly pending?: Pending
  /** Why there are no steps; or what is said before what they find. */
  readonly topic?: Topic
  /** The steps find out between which variants the shopper is asked to choose. */
  readonly asksVariant?: true
  /** An amount in another currency was taken for one of pounds. */
  readonly tookForPounds?: true
  /** What was said and is not taken into account. */
  readonly ignored?: readonly string[]
}

export function calls(...steps: readonly Step[]): Plan {
  return { steps }
}

export function nothing(topic: Topic): Plan {
  return { steps: [], topic }
}

export interface ShownVariant {
  readonly variantId: string
  readonly name: string
  /** Minor units. */
  readonly price: number
}

/** A product as it was shown, or found. */
export interface ShownProduct {
  readonly productId: string
  readonly name: string
  /** Those that can be had, or may be meant; at least one, the cheapest first. */
  readonly variants: readonly ShownVariant[]
}

/** What the planner knows of the conversation so far. */
export interface Remembered {
  /** What was shown last, in that order. */
  readonly shown: readonly ShownProduct[]
  /** What was talked about last, by itself: "it". */
  readonly focus?: ShownProduct | undefined
  readonly lastSearch?: SearchArguments | undefined
  /** How many the last search has found in all. */
  readonly total?: number | undefined
  /** What was said just before, and is not answered yet. */
  readonly pending?: Pending | undefined
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
