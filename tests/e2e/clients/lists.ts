import { expect } from 'vitest'

import type { Json } from '../../support/shopping.ts'

/** How prices and product cards look, whatever the product. */
export const price = { amount: expect.any(Number), currency: 'GBP' }
export const card = {
  id: expect.any(String),
  slug: expect.stringMatching(/^[a-z0-9-]+$/),
  name: expect.stringMatching(/\S/),
  images: [{ url: expect.stringMatching(/^\/images\//), alt: expect.stringMatching(/\S/) }],
  priceRange: { lowest: price },
}

/** Follows a list to its end; returns its pages. @param between is done between one page and the next */
export async function pagesOf(
  read: (after: string | null) => Promise<Json>,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Json[]> {
  const pages: Json[] = []
  for (let after: string | null = null, more = true; more;) {
    const page: Json = await read(after)
    pages.push(page)
    more = page.pageInfo.hasNextPage
    after = page.pageInfo.endCursor
    if (more) await between()
  }
  return pages
}

export function idsOf(pages: Json[]): string[] {
  return pages.flatMap(({ edges }) => edges.map(({ node }: Json) => node.id))
}
