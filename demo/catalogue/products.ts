import { categoryByName } from './categories.ts'
import { descriptionOf } from './descriptions.ts'
import { factsByName } from './facts.ts'
import { demoId, shopOpened } from '../ids.ts'
import type { DemoRules } from './rules.ts'
import { initialStockOf, type Popularity } from './stock.ts'
import type { NamedItem, VariantGroup } from './variants.ts'

export interface DemoProduct {
  id: string
  slug: string
  name: string
  description: string
  categorySlug: string
  createdAt: Date
  variants: DemoVariant[]
}

export interface DemoVariant {
  id: string
  sku: string
  name: string
  /** GBP pence. */
  price: number
  options: { name: string; value: string }[]
  initialStock: number
}

export type ProductGroup = VariantGroup & { slug: string }

/** A product with the items that its variants are, in the variants' order. */
export interface WrittenProduct {
  product: DemoProduct
  itemIndexes: number[]
}

type Members = VariantGroup['members']

/** Gives each group of items what a shop shows of a product: ids, category, description, prices, stock. */
export function productWriter(rules: DemoRules, popularity: Popularity[]): (group: ProductGroup) => WrittenProduct {
  const categoryOf = categoryByName(rules.categories)
  const factsOf = factsByName(rules.facts)
  const leads = new Map(rules.categories.categories.map((category) => [category.slug, category.leads]))

  return ({ name, slug, members }) => {
    const { code, index } = members[0].item
    const categorySlug = categoryOf(name)
    const described = { key: code, name, leads: leads.get(categorySlug) ?? [], choices: choicesOf(members) }
    const product = {
      id: demoId('product', code, index),
      slug,
      name,
      description: rules.facts.byCode[code] ?? descriptionOf({ ...described, facts: factsOf(name) }),
      categorySlug,
      createdAt: firstBoughtOf(members, popularity),
      variants: members.map((member) => variantOf(member, name, popularity)),
    }
    return { product, itemIndexes: members.map(({ item }) => item.index) }
  }
}

function variantOf({ item, values }: Members[number], productName: string, popularity: Popularity[]): DemoVariant {
  return {
    id: demoId('variant', item.code, item.index),
    sku: item.code,
    // The whole name, because an order's lines and a mail show it without its product.
    name: [productName, ...values.map(({ value }) => value)].join(', '),
    price: item.price,
    options: values,
    initialStock: initialStockOf(item.code, popularityAt(item, popularity)),
  }
}

function choicesOf(members: Members): { name: string; values: string[] }[] {
  return members[0].values.map(({ name }, at) => ({
    name,
    values: [...new Set(members.flatMap(({ values }) => values[at]?.value ?? []))],
  }))
}

function firstBoughtOf(members: Members, popularity: Popularity[]): Date {
  const times = members.map(({ item }) => popularityAt(item, popularity).firstBought?.getTime() ?? shopOpened)
  return new Date(Math.min(...times))
}

function popularityAt({ index }: NamedItem, popularity: Popularity[]): Popularity {
  return popularity[index] ?? { baskets: 0, firstBought: null }
}
