import { z } from 'zod'

import { connection, decodeCursor, pageSize, type Connection } from '../../../platform/graphql/page.ts'
import type { Order } from '../domain/order.ts'
import type { OrderFilter, OrderPosition, OrderStore } from '../stores/store.ts'

const cursors = {
  list: 'orders',
  position: z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()]),
}

/** One page of the orders that fit, newest first. @throws SoukError INVALID_INPUT for a page that cannot be */
export async function listOrders(
  store: OrderStore,
  filter: OrderFilter,
  page: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
): Promise<Connection<Order>> {
  const first = pageSize(page.first ?? 20)
  const [orders, totalCount] = await Promise.all([
    store.list(filter, { first: first + 1, after: positionFrom(page.after) }),
    store.count(filter),
  ])
  return connection(orders, { list: cursors.list, first, totalCount, positionOf: ({ placedAt, id }) => [placedAt, id] })
}

function positionFrom(after: string | null | undefined): OrderPosition | undefined {
  const position = decodeCursor(cursors, after)
  return position && { placedAt: position[0], id: position[1] }
}
