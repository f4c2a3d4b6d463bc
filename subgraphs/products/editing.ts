import type { Clock } from '../../platform/clock.ts'
import { invalidInput, parseInput, refused, type InvalidInput, type Refused } from '../../platform/graphql/refusals.ts'
import { isUuid, type NewId } from '../../platform/ids.ts'
import { money } from '../../platform/money.ts'
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
} from './domain.ts'
import { stateOf } from './events.ts'
import { createProductInput, setPriceInput, type NewProduct } from './graph/inputs.ts'
import { slugOf } from './slugs.ts'
import type { ProductStore } from './stores/store.ts'

export interface EditingDependencies {
  readonly store: ProductStore
  readonly clock: Clock
  readonly newId: NewId
  /** Resolves when inventory is known to have these variants on its shelf, or after a while. */
  stocked(variantIds: readonly string[]): Promise<void>
}

/** What staff do to the catalogue. */
export interface Editing {
  createProduct(input: unknown): Promise<Product | Refused | InvalidInput>
  setPrice(input: unknown): Promise<{ product: Product; variant: Variant } | Refused | InvalidInput>
  discontinueProduct(id: string): Promise<Product | Refused>
}

/** Two members of staff may meet in one product or slug; that many in a row do not. */
const attempts = 5

export function createEditing(dependencies: EditingDependencies): Editing {
  const { store, stocked } = dependencies

  /** Reads, decides and writes anew when somebody else was faster. */
  async function change(read: () => Promise<Product[]>, command: Command): Promise<Product | undefined> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const [product] = await read()
      if (product === undefined) return undefined
      const decided = decide(command, product)
      if (decided === undefined) return product
      const changed = evolve(product, decided)
      const result = await store.save({ product: changed, messages: [stateOf(changed)] }, product.version)
      if (result === 'SAVED') return changed
    }
    throw new Error(`a product could not be changed in ${attempts} attempts`)
  }

  return {
    async createProduct(given) {
      const input = parseInput(createProductInput, given)
      if (!input.ok) return input.refusal
      const created = await insertProduct(dependencies, input.value)
      if (!('variants' in created)) return created
      await stocked(created.variants.map(({ id }) => id))
      return created
    },

    async setPrice(given) {
      const input = parseInput(setPriceInput, given)
      if (!input.ok) return input.refusal
      const { variantId, amount } = input.value
      const product = isUuid(variantId)
        ? await change(() => store.byVariantIds([variantId]), { kind: 'SET_PRICE', variantId, amount })
        : undefined
      const variant = product?.variants.find(({ id }) => id === variantId)
      if (product === undefined || variant === undefined) return refused('NOT_FOUND', 'There is no such variant.')
      return { product, variant }
    },

    async discontinueProduct(given) {
      const id = given.toLowerCase()
      const product = isUuid(id) ? await change(() => store.byIds([id]), { kind: 'DISCONTINUE' }) : undefined
      return product ?? refused('NOT_FOUND', 'There is no such product.')
    },
  }
}

async function insertProduct(
  { store, clock, newId }: EditingDependencies,
  input: NewProduct,
): Promise<Product | InvalidInput> {
  const category = (await store.categories()).find(({ slug }) => slug === input.category)
  if (category === undefined) return invalidInput('category', 'There is no such category.')
  const skus = input.variants.map(({ sku }) => sku)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const used = await store.skusInUse(skus)
    const taken = skus.findIndex((sku) => used.includes(sku.toLowerCase()))
    if (taken !== -1) return invalidInput(`variants.${taken}.sku`, 'Another product has this SKU.')
    const base = slugOf(input.name)
    const slug = freeSlug(base, await store.slugsLike(base))
    const [first, ...others] = input.variants
    const variants: Variants = [variantFrom(first, newId()), ...others.map((other) => variantFrom(other, newId()))]
    const { name, description } = input
    const product = newProduct({ id: newId(), slug, name, description, category, createdAt: clock(), variants })
    if ((await store.save({ product, messages: [stateOf(product)] }, 0)) === 'SAVED') return product
  }
  throw new Error(`a product could not be created in ${attempts} attempts`)
}

function variantFrom({ price, ...given }: NewProduct['variants'][number], id: string): Variant {
  return { ...given, id, price: money(price, shopCurrency), options: [] }
}
