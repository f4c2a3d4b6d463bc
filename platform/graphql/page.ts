import { z } from 'zod'

import { SoukError } from '../errors.ts'

const longestPage = 100

/** How many of a list a client may ask for at once. @throws SoukError BAD_USER_INPUT outside 1 to 100 */
export function pageSize(first: number): number {
  if (first >= 1 && first <= longestPage) return first
  throw new SoukError('BAD_USER_INPUT', `\`first\` must be from 1 to ${longestPage}; it is ${first}.`)
}

/** An opaque cursor: the sort key of a row, so that it stays valid whatever is inserted before or after it. */
export function encodeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** @throws SoukError BAD_USER_INPUT for a cursor that this list did not give out */
export function decodeCursor<Position>(
  schema: z.ZodType<Position>,
  after: string | null | undefined,
): Position | undefined {
  if (after === null || after === undefined) return undefined
  const decoded = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown
      } catch {
        context.addIssue('not a cursor')
        return z.NEVER
      }
    })
    .pipe(schema)
    .safeParse(after)
  if (decoded.success) return decoded.data
  throw new SoukError('BAD_USER_INPUT', '`after` is not a cursor of this list.')
}

export interface Connection<Node> {
  // Mutable, as the generated resolver types want their lists.
  readonly edges: { readonly cursor: string; readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
}

/** Builds a page from up to `first + 1` rows: the row too many only tells that there are more. */
export function connection<Node>(
  rows: readonly Node[],
  options: { first: number; totalCount: number; positionOf(node: Node): unknown },
): Connection<Node> {
  const edges = rows.slice(0, options.first).map((node) => ({ cursor: encodeCursor(options.positionOf(node)), node }))
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > options.first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: options.totalCount,
  }
}
