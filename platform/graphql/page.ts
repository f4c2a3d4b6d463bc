import { z } from 'zod'

import { SoukError } from '../errors.ts'

const longestPage = 100

/** How many of a list a client may ask for at once. @throws SoukError INVALID_INPUT outside 1 to 100 */
export function pageSize(first: number): number {
  if (first >= 1 && first <= longestPage) return first
  throw new SoukError('INVALID_INPUT', `\`first\` must be from 1 to ${longestPage}; it is ${first}.`, {
    field: 'first',
  })
}

/** The cursors of one list. */
export interface CursorsOf<Position> {
  /** By which a cursor of another list is recognised, whatever its position looks like. */
  readonly list: string
  readonly position: z.ZodType<Position>
}

/** An opaque cursor: the sort key of a row, so that it stays valid whatever is inserted before or after it. */
export function encodeCursor(list: string, position: unknown): string {
  return Buffer.from(JSON.stringify([list, position])).toString('base64url')
}

/**
 * The place after which a page begins; undefined for the first page, which many clients ask for by an empty text.
 * @throws SoukError INVALID_INPUT for a cursor that this list did not give out
 */
export function decodeCursor<Position>(
  { list, position }: CursorsOf<Position>,
  after: string | null | undefined,
): Position | undefined {
  if (after === null || after === undefined || after === '') return undefined
  const decoded = z.tuple([z.literal(list), position]).safeParse(jsonIn(after))
  if (decoded.success) return decoded.data[1]
  throw new SoukError('INVALID_INPUT', '`after` is not a cursor of this list.', { field: 'after' })
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

export interface Connection<Node> {
  // Mutable, as the generated resolver types want their lists.
  readonly edges: { readonly cursor: string; readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
}

/** Builds a page from up to `first + 1` rows: the row too many only shows that there are more. */
export function connection<Node>(
  rows: readonly Node[],
  options: { list: string; first: number; totalCount: number; positionOf(node: Node): unknown },
): Connection<Node> {
  const { list, first, positionOf } = options
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(list, positionOf(node)), node }))
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: options.totalCount,
  }
}
