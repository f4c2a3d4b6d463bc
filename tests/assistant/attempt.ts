import type { AttackedShop } from './attacked-shop.ts'
import { order } from './hostile-model.ts'

/** One try; what went wrong by it, which should be nothing. */
export type Attempt = (shop: AttackedShop) => Promise<readonly string[]>

export function search(text: string): string {
  return order('searchProducts', { text })
}

export function times<Item>(count: number, make: (at: number) => Item): Item[] {
  return Array.from({ length: count }, (_none, at) => make(at))
}

export function wrongIf(wrong: boolean, what: string): readonly string[] {
  return wrong ? [what] : []
}
