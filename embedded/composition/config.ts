import { z } from 'zod'

import { cartConfig } from '../../subgraphs/cart/config.ts'
import { inventoryConfig } from '../../subgraphs/inventory/config.ts'
import { notificationsConfig } from '../../subgraphs/notifications/config.ts'
import { ordersConfig } from '../../subgraphs/orders/config.ts'
import { paymentsConfig } from '../../subgraphs/payments/config.ts'
import { productsConfig } from '../../subgraphs/products/config.ts'
import { assistantConfig } from '../../subgraphs/recommendations/assistant/config.ts'
import { recommendationsConfig } from '../../subgraphs/recommendations/config.ts'
import { usersConfig } from '../../subgraphs/users/config.ts'

/** What can be set of the subgraphs. */
export const subgraphsConfig = z.object({
  ...productsConfig.shape,
  ...inventoryConfig.shape,
  ...usersConfig.shape,
  ...cartConfig.shape,
  ...assistantConfig.shape,
  ...ordersConfig.shape,
  ...paymentsConfig.shape,
  ...notificationsConfig.shape,
  ...recommendationsConfig.shape,
})

export type SubgraphsConfig = z.infer<typeof subgraphsConfig>
