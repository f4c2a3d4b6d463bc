import { drawnPicture, type Image } from '../../../contracts/products.ts'
import { money, type Money } from '../../../platform/money.ts'

/** The shop has one currency, so that prices can be compared. */
export const shopCurrency = 'GBP'

export type ProductStatus = 'ACTIVE' | 'DISCONTINUED'

export interface Category {
  readonly slug: string
  readonly name: string
}

export interface VariantOption {
  readonly name: string
  readonly value: string
}

export interface Variant {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly price: Money
  readonly options: readonly VariantOption[]
  /** What inventory puts on the shelf when it first consumes the variant. */
  readonly initialStock: number
}

/** A product is read and written whole, with its variants. */
export interface Product {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly description: string
  readonly status: ProductStatus
  readonly category: Category
  readonly createdAt: Date
  /** At least one, in the order in which a shopper sees them. */
  readonly variants: Variants
  /** Grows by one with every change. */
  readonly version: number
}

export type Variants = readonly [Variant, ...Variant[]]

export type Command =
  { readonly kind: 'SET_PRICE'; readonly variantId: string; readonly amount: number } | { readonly kind: 'DISCONTINUE' }

export type Change =
  { readonly kind: 'PRICE_SET'; readonly variantId: string; readonly price: Money } | { readonly kind: 'DISCONTINUED' }

/** On sale from the start, in its first version. */
export function newProduct(given: Omit<Product, 'status' | 'version'>): Product {
  return { ...given, status: 'ACTIVE', version: 1 }
}

/** What a command comes to; undefined where it is so already. */
export function decide(command: Command, product: Product): Change | undefined {
  switch (command.kind) {
    case 'SET_PRICE': {
      const { variantId, amount } = command
      const variant = product.variants.find(({ id }) => id === variantId)
      if (variant === undefined || variant.price.amount === amount) return undefined
      return { kind: 'PRICE_SET', variantId, price: money(amount, variant.price.currency) }
    }
    case 'DISCONTINUE':
      return product.status === 'ACTIVE' ? { kind: 'DISCONTINUED' } : undefined
  }
}

export function evolve(product: Product, change: Change): Product {
  const version = product.version + 1
  switch (change.kind) {
    case 'PRICE_SET': {
      const [first, ...others] = product.variants
      const priced = (variant: Variant) =>
        variant.id === change.variantId ? { ...variant, price: change.price } : variant
      return { ...product, version, variants: [priced(first), ...others.map(priced)] }
    }
    case 'DISCONTINUED':
      return { ...product, version, status: 'DISCONTINUED' }
  }
}

export function priceRange({ variants }: Product): { lowest: Money; highest: Money } {
  const [{ price }, ...others] = variants
  return others.reduce(
    ({ lowest, highest }, other) => ({
      lowest: other.price.amount < lowest.amount ? other.price : lowest,
      highest: other.price.amount > highest.amount ? other.price : highest,
    }),
    { lowest: price, highest: price },
  )
}

/** Nobody has photographed anything yet. */
export function imagesOf(product: Product): Image[] {
  return [drawnPicture(product)]
}

/** A name as lists are sorted by it: "Éclair" beside "eclair". */
export function sortName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The first of `base`, `base-2`, `base-3`... that is not taken. */
export function freeSlug(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base
  let number = 2
  while (taken.includes(`${base}-${number}`)) number += 1
  return `${base}-${number}`
}
