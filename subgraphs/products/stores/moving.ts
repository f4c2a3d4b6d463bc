import type { Kept, KeptThings, TakenThings } from '../../../platform/subgraph/moving.ts'
import type { Product } from '../domain/product.ts'
import type { KnownStock } from './store.ts'

export interface KeptCategory {
  readonly name: string
  readonly position: number
}

/** All that a store of products keeps, in the order in which it is moved. */
export interface KeptProducts {
  readonly categories: KeptThings<KeptCategory>
  readonly products: KeptThings<Product>
  readonly stock: KeptThings<KnownStock>
}

/** The same where it is moved to. */
export interface TakenProducts {
  readonly categories: TakenThings<KeptCategory>
  readonly products: TakenThings<Product>
  readonly stock: TakenThings<KnownStock>
}

export function keptProduct(content: Product): Kept<Product> {
  return { key: content.id, version: content.version, content }
}

export function keptLevel(content: KnownStock): Kept<KnownStock> {
  return { key: content.variantId, version: content.version, content }
}

const pageSize = 500

/** Reads on after the last key of each page until one is not full. */
export async function* pagesAfter<Content>(
  pageAfter: (key: string, size: number) => Promise<Kept<Content>[]>,
): AsyncGenerator<readonly Kept<Content>[]> {
  for (let after = ''; ;) {
    const page = await pageAfter(after, pageSize)
    const last = page.at(-1)
    if (last === undefined) return
    yield page
    after = last.key
  }
}
