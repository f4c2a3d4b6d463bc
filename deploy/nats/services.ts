import { allContracts } from '../../contracts/all.ts'
import { commitStock, releaseStock, reserveStock } from '../../contracts/inventory.ts'
import { capturePayment, refundPayment } from '../../contracts/payments.ts'
import type { BusService } from '../../platform/bus/nats/permissions.ts'
import type { Contract } from '../../platform/messaging/contract.ts'

/** Orders publishes these to their owners; every other message is published by its owner. */
const commands: readonly Contract[] = [reserveStock, commitStock, releaseStock, capturePayment, refundPayment]

/** How a service reads from the bus, and what it may do there besides publishing. */
type OtherRights = Partial<Omit<BusService, 'name' | 'publishes'>>

function service(
  name: string,
  {
    consumes = false,
    readers = [],
    watches = false,
    onlyWatches = false,
    replays = false,
    adjusts = false,
  }: OtherRights,
): BusService {
  const own = allContracts.filter((contract) => contract.type.startsWith(`${name}.`) && !commands.includes(contract))
  return {
    name,
    publishes: name === 'orders' ? [...own, ...commands] : own,
    consumes,
    readers,
    watches,
    onlyWatches,
    replays,
    adjusts,
  }
}

/** What each service does on the bus: its rights there are made of it. */
export const services: readonly BusService[] = [
  service('products', { readers: ['products.stock'], watches: true }),
  service('inventory', { consumes: true, readers: ['inventory.catalogue'] }),
  service('users', {}),
  service('cart', { consumes: true, readers: ['cart.catalogue', 'cart.stock'] }),
  service('orders', { consumes: true, readers: ['orders.catalogue', 'orders.stock', 'orders.carts'] }),
  service('payments', { consumes: true }),
  service('notifications', { consumes: true }),
  service('recommendations', {
    consumes: true,
    readers: ['recommendations.catalogue', 'recommendations.stock'],
  }),
  service('operations', { replays: true, adjusts: true }),
  // What it keeps of answers is dropped when it changes.
  service('gateway', { watches: true, onlyWatches: true }),
]
