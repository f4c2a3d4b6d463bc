import { readDemoBaskets, type DemoBasket } from '../baskets.ts'
import { readDemoItems, type DemoItem } from './items.ts'
import { readableNames } from './names.ts'
import { productWriter, type DemoProduct, type ProductGroup } from './products.ts'
import { readDemoRules, type DemoRules } from './rules.ts'
import { slugOf } from './slugs.ts'
import { popularityOf } from './stock.ts'
import { groupVariants, type VariantGroup } from './variants.ts'

export interface DemoCatalogue {
  categories: { slug: string; name: string }[]
  products: DemoProduct[]
  /** By an item's place in `items.csv.gz`, as baskets name it. */
  productOfItem: Map<number, string>
  variantOfItem: Map<number, string>
}

/**
 * The whole demo shop, derived from the retailer's items and baskets by the rules in `data/`. Who has read the baskets
 * already passes them on.
 */
export async function readDemoCatalogue(dataDir: string, baskets?: DemoBasket[]): Promise<DemoCatalogue> {
  const [items, bought, rules] = await Promise.all([
    readDemoItems(dataDir),
    baskets ?? readDemoBaskets(dataDir),
    readDemoRules(dataDir),
  ])
  return demoCatalogue({ items, baskets: bought, rules })
}

/** Pure: the same sources give the same catalogue, ids included. Products come in the order of their first item. */
function demoCatalogue(sources: { items: DemoItem[]; baskets: DemoBasket[]; rules: DemoRules }): DemoCatalogue {
  const { items, baskets, rules } = sources
  const nameOf = readableNames(rules.names)
  const named = items.map(({ index, code, original, price }) => ({
    index,
    code,
    price,
    name: nameOf({ code, original }),
  }))
  const groups = distinguished(groupVariants(named, rules.variants)).toSorted((a, b) => firstIndex(a) - firstIndex(b))
  const written = groups.map(productWriter(rules, popularityOf(items.length, baskets)))
  const placed = written.flatMap(({ product, itemIndexes }) =>
    product.variants.map((variant, at) => ({ index: itemIndexes[at] ?? -1, product: product.id, variant: variant.id })),
  )
  return {
    categories: rules.categories.categories.map(({ slug, name }) => ({ slug, name })),
    products: written.map(({ product }) => product),
    productOfItem: new Map(placed.map(({ index, product }) => [index, product])),
    variantOfItem: new Map(placed.map(({ index, variant }) => [index, variant])),
  }
}

function firstIndex({ members }: VariantGroup): number {
  return Math.min(...members.map(({ item }) => item.index))
}

/** Two things that the retailer calls alike are kept apart by their stock codes, in name and slug. */
function distinguished(groups: VariantGroup[]): ProductGroup[] {
  const times = new Map<string, number>()
  const withSlugs = groups.map((group) => ({ ...group, slug: slugOf(group.name) }))
  for (const { slug } of withSlugs) times.set(slug, (times.get(slug) ?? 0) + 1)
  return withSlugs.map((group) => {
    if (times.get(group.slug) === 1) return group
    const name = `${group.name} No. ${group.members[0].item.code}`
    return { ...group, name, slug: slugOf(name) }
  })
}
