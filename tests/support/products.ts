import { newUuid } from '../../platform/ids.ts'
import type { ImportedProduct } from '../../subgraphs/products/importing.ts'

export const categories = [
  { slug: 'kitchen', name: 'Kitchen' },
  { slug: 'garden', name: 'Garden' },
  { slug: 'empty', name: 'Nothing Yet' },
]

/** One product to import; what is not given does not matter. */
export function product(name: string, more: Partial<ImportedProduct> & { prices?: number[] } = {}): ImportedProduct {
  const { prices = [100], ...given } = more
  const slug = name.toLowerCase().replaceAll(' ', '-')
  const sku = slug.toUpperCase()
  const variants = prices.map((price, at) => ({
    id: newUuid(),
    sku: prices.length === 1 ? sku : `${sku}-${at + 1}`,
    name: prices.length === 1 ? name : `${name}, ${at + 1}`,
    price,
    options: prices.length === 1 ? [] : [{ name: 'Number', value: String(at + 1) }],
    initialStock: 5,
  }))
  const createdAt = new Date('2026-01-01T00:00:00.000Z')
  return {
    id: newUuid(),
    slug,
    name,
    description: `About ${name}.`,
    categorySlug: 'kitchen',
    createdAt,
    variants,
    ...given,
  }
}
