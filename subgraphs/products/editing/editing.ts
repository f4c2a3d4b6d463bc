import type { Clock } from '../../../platform/clock.ts'
import type { NewId } from '../../../platform/ids.ts'
import { money } from '../../../platform/money.ts'
import { createTurns } from '../../../platform/work/turns.ts'
import {
  decide,
  evolve,
  freeSlug,
  newProduct,
  shopCurrency,
  type Command,
  type Product,
  type Variant,
  type Variants,
} from '../domain/product.ts'
import { stateOf } from '../events.ts'
import { parseSlug, slugOf } from '../slugs.ts'
import type { ProductStore } from '../stores/store.ts'

export interface EditingDependencies {
  readonly store: ProductStore
  readonly clock: Clock
  readonly newId: NewId
  /** Resolves when inventory is known to have these variants on its shelf, or after a while. */
  stocked(variantIds: readonly string[]): Promise<void>
  /** Resolves when inventory is known to have none of these variants for sale any more, or after a while. */
  gone(variantIds: readonly string[]): Promise<void>
}

/** A product that staff want to put on sale; what can be seen of it alone is right. */
export interface NewProduct {
  readonly name: string
  readonly description: string
  /** A slug. */
  readonly category: string
  readonly variants: readonly [NewVariant, ...NewVariant[]]
}

export interface NewVariant {
  readonly sku: string
  readonly name: string
  /** In minor units of the shop's currency. */
  readonly price: number
  readonly initialStock: number
}

interface Edited {
  readonly kind: 'EDITED'
  readonly product: Product
}

/** Others, in other processes, have changed the same thing all the time. */
interface Conflict {
  readonly kind: 'CONFLICT'
}

export type Created =
  Edited | Conflict | { readonly kind: 'CATEGORY_UNKNOWN' } | { readonly kind: 'SKU_TAKEN'; readonly variant: number }
export type Changed = Edited | Conflict | { readonly kind: 'NOT_FOUND' }

/** What staff do to the catalogue. Ids are of the form that ids have. */
export interface Editing {
  createProduct(product: NewProduct): Promise<Created>
  setPrice(variantId: string, amount: number): Promise<Changed>
  discontinueProduct(id: string): Promise<Changed>
}

export function createEditing(dependencies: EditingDependencies, turns = createTurns()): Editing {
  const { store, stocked, gone } = dependencies

  /** Who changes a product takes turns by its id; who takes a slug, by what the slug begins with. */
  async function inTurn<Outcome>(
    key: string,
    attempt: () => Promise<Outcome | undefined>,
  ): Promise<Outcome | Conflict> {
    return (await turns.take(key, attempt)) ?? { kind: 'CONFLICT' }
  }

  function change(id: string, command: Command): Promise<Changed> {
    return inTurn(`product ${id}`, async () => {
      const [product] = await store.byIds([id])
      if (product === undefined) return { kind: 'NOT_FOUND' }
      const decided = decide(command, product)
      if (decided === undefined) return { kind: 'EDITED', product }
      const changed = evolve(product, decided)
      const saved = await store.save({ product: changed, messages: [stateOf(changed)] }, product.version)
      return saved === 'SAVED' ? { kind: 'EDITED', product: changed } : undefined
    })
  }

  return {
    async createProduct(given) {
      const category = (await store.categories()).find(({ slug }) => slug === parseSlug(given.category))
      if (category === undefined) return { kind: 'CATEGORY_UNKNOWN' }
      const base = slugOf(given.name)
      const created = await inTurn(`slug ${base}`, () => insert({ ...given, category, base }, dependencies))
      if (created.kind === 'EDITED') await stocked(created.product.variants.map(({ id }) => id))
      return created
    },

    async setPrice(variantId, amount) {
      const [product] = await store.byVariantIds([variantId])
      if (product === undefined) return { kind: 'NOT_FOUND' }
      return change(product.id, { kind: 'SET_PRICE', variantId, amount })
    },

    async discontinueProduct(id) {
      const discontinued = await change(id, { kind: 'DISCONTINUE' })
      if (discontinued.kind === 'EDITED') await gone(discontinued.product.variants.map((variant) => variant.id))
      return discontinued
    },
  }
}

/** Undefined where somebody else has taken the slug or a SKU since this looked. */
async function insert(
  { base, variants: given, ...rest }: Omit<NewProduct, 'category'> & Pick<Product, 'category'> & { base: string },
  { store, clock, newId }: EditingDependencies,
): Promise<Created | undefined> {
  const skus = given.map(({ sku }) => sku)
  const used = await store.skusInUse(skus)
  const taken = skus.findIndex((sku) => used.includes(sku.toLowerCase()))
  if (taken !== -1) return { kind: 'SKU_TAKEN', variant: taken }
  const slug = freeSlug(base, await store.slugsLike(base))
  const [first, ...others] = given
  const variants: Variants = [variantFrom(first, newId()), ...others.map((other) => variantFrom(other, newId()))]
  const product = newProduct({ ...rest, id: newId(), slug, createdAt: clock(), variants })
  const saved = await store.save({ product, messages: [stateOf(product)] }, 0)
  return saved === 'SAVED' ? { kind: 'EDITED', product } : undefined
}

function variantFrom({ price, ...given }: NewVariant, id: string): Variant {
  return { ...given, id, price: money(price, shopCurrency), options: [] }
}
