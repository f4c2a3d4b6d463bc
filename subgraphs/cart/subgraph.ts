import type { Viewer } from '../../platform/identity/viewer.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph, SubgraphRequest } from '../../platform/subgraph/subgraph.ts'
import { createCarts, type SeenCart } from './carts.ts'
import { cartChanges } from './change-cart.ts'
import type { CartConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { cartConsumer, catalogueReader, stockReader } from './events.ts'
import { permissions } from './graph/permissions.ts'
import { proposalGuards, proposalReader, type ProposalGuards } from './proposals.ts'
import { shownVariants } from './graph/loaders.ts'
import { createResolvers } from './graph/resolvers.ts'
import type { CartStores } from './stores/store.ts'

/** @param guards all of them, unless a test leaves some out */
export function createCartSubgraph(
  dependencies: SubgraphDependencies<CartStores>,
  config: CartConfig,
  guards: ProposalGuards = proposalGuards,
): Subgraph {
  const { stores, bus, clock, newId } = dependencies
  const { offers } = stores
  const carts = createCarts({ store: stores.carts, clock, newId })
  const catalogue = catalogueReader(offers)
  const shown = shownVariants(offers)
  const readProposal = proposalReader({ secret: config.PROPOSAL_SECRET, clock, guards })

  function createContext(viewer: Viewer, { traceparent }: SubgraphRequest): Context {
    let cart: Promise<SeenCart | undefined> | undefined
    return {
      viewer,
      ownCart: () => (cart ??= carts.of(viewer, traceparent)),
      changed(newer) {
        cart = Promise.resolve(newer)
      },
      shown: shown(),
    }
  }

  const subgraph = defineSubgraph<Context>(
    {
      name: 'cart',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers(cartChanges({ carts, offers, readProposal, guards, newId })),
      permissions,
      createContext,
      consumers: [cartConsumer(carts)],
      stateReaders: [catalogue, stockReader(offers)],
    },
    dependencies,
  )

  return {
    ...subgraph,
    async start() {
      await subgraph.start()
      if (!(await offers.knowsNoProduct())) return
      // A migration that changes the shape of what is known empties it, and no cart is shown before it is filled again.
      await bus.rereadState(catalogue.name)
      await subgraph.settled()
    },
  }
}
