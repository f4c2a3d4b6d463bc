import { z } from 'zod'

const milliseconds = (atMost: number) => z.coerce.number().int().min(1).max(atMost)

/** What can be set of this subgraph; environment variables of the same names. */
export const ordersConfig = z.object({
  /** Milliseconds after which a command of the checkout that nobody has answered is sent again. */
  ORDERS_STEP_DEADLINE_MS: milliseconds(600_000).default(30_000),
  /** Milliseconds that `placeOrder` waits for a change of the cart that has not arrived yet. */
  ORDERS_CART_WAIT_MS: milliseconds(30_000).default(2_000),
  /** Milliseconds that `cancelOrder` waits for stock and money to be given back. */
  ORDERS_CANCEL_WAIT_MS: milliseconds(30_000).default(2_000),
})

export type OrdersConfig = z.infer<typeof ordersConfig>
