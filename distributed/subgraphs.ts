import type { Environment } from '../platform/config.ts'
import { SoukError } from '../platform/errors.ts'
import type { PassportControl } from '../platform/identity/passport.ts'
import type { Bus } from '../platform/messaging/bus.ts'
import type { GroundConfig } from '../platform/process/config.ts'
import type { HeldSubgraph, SubgraphProcess } from '../platform/process/definition.ts'
import { openSubgraph } from '../platform/process/open-subgraph.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import { allToTheEnd, type Stack } from '../platform/work/stack.ts'
import { cartProcess } from '../subgraphs/cart/process.ts'
import { inventoryProcess } from '../subgraphs/inventory/process.ts'
import { notificationsProcess } from '../subgraphs/notifications/process.ts'
import { operationsProcess } from '../subgraphs/operations/process.ts'
import { ordersProcess } from '../subgraphs/orders/process.ts'
import { paymentsProcess } from '../subgraphs/payments/process.ts'
import { productsProcess } from '../subgraphs/products/process.ts'
import { recommendationsProcess } from '../subgraphs/recommendations/process.ts'
import { usersProcess } from '../subgraphs/users/process.ts'
import { environmentOf } from './environment.ts'

interface OpenParts {
  readonly environment: Environment
  readonly config: GroundConfig
  readonly bus: Bus
  readonly log: Logger
  /** Ends what is opened here. */
  readonly stack: Stack
}

/** Nobody asks a job anything. */
const nobody: PassportControl = () => Promise.reject(new SoukError('UNAUTHENTICATED'))

/** All nine in this process, each as one more replica of itself, on the stores that its processes have. */
export async function openSubgraphs({ environment, ...parts }: OpenParts) {
  const open = <Config, Held extends HeldSubgraph>(definition: SubgraphProcess<Config, Held>): Promise<Held> => {
    const { name } = definition
    const log = parts.log.child({ subgraph: name })
    return openSubgraph(definition, { ...parts, environment: environmentOf(name, environment), passports: nobody, log })
  }
  const [products, inventory, users, cart, orders, payments, notifications, recommendations, operations] =
    await allToTheEnd([
      open(productsProcess),
      open(inventoryProcess),
      open(usersProcess),
      open(cartProcess),
      open(ordersProcess),
      open(paymentsProcess),
      open(notificationsProcess),
      open(recommendationsProcess),
      open(operationsProcess),
    ])
  return { products, inventory, users, cart, orders, payments, notifications, recommendations, operations }
}
