import { environmentOf } from '../../distributed/environment.ts'
import type { ListedSubgraph } from '../../platform/subgraph/list.ts'
import type { Part, Variables } from './parts.ts'

export const gatewayName = 'gateway'

export interface Topology {
  /** Each replica of each subgraph, and the gateway, last. */
  readonly subgraphs: readonly Part[]
  readonly gateway: Part
}

export interface TopologyOptions {
  readonly subgraphs: readonly ListedSubgraph[]
  readonly replicas: number
  /** The port of a replica of a subgraph; the first is 0. */
  portOf(subgraph: ListedSubgraph, replica: number): Promise<number>
  readonly gatewayPort: number
  /** For every part. */
  readonly shared: Variables
  /** Addresses of stores, as jobs have them. */
  readonly stores: Variables
  /** For the gateway alone: who has it can be anybody. */
  readonly privateKeyFile: string
  readonly publicKeyFile: string
  /** For the assistant, and cart, which takes its proposals. */
  readonly proposalSecretFile: string
}

/** Which processes there are, and what is set for each; no more than it needs. */
export async function topologyOf(options: TopologyOptions): Promise<Topology> {
  const { shared, privateKeyFile, gatewayPort } = options
  const subgraphs = (await Promise.all(options.subgraphs.map((subgraph) => replicasOf(subgraph, options)))).flat()
  const urls: Variables = Object.fromEntries(
    options.subgraphs.map(({ name }) => [`SUBGRAPH_URL_${name.toUpperCase()}`, addressesOf(name, subgraphs)]),
  )
  const gateway: Part = {
    name: gatewayName,
    program: 'gateway/main.ts',
    port: gatewayPort,
    environment: {
      ...shared,
      ...storesOf(gatewayName, options.stores),
      ...urls,
      PASSPORT_PRIVATE_KEY_FILE: privateKeyFile,
    },
  }
  return { subgraphs, gateway }
}

async function replicasOf(subgraph: ListedSubgraph, options: TopologyOptions): Promise<Part[]> {
  const { name } = subgraph
  const { replicas, shared, stores, publicKeyFile, portOf } = options
  const numbers = Array.from({ length: replicas }, (_none, replica) => replica)
  const ports = await Promise.all(numbers.map((replica) => portOf(subgraph, replica)))
  return ports.map((port, replica) => ({
    name: replica === 0 ? name : `${name}-${replica + 1}`,
    program: programOf(name),
    port,
    environment: {
      ...shared,
      ...storesOf(name, stores),
      PASSPORT_PUBLIC_KEY_FILE: publicKeyFile,
      ...assistantOf(name, options),
    },
  }))
}

/** What the assistant and cart share, and where the assistant asks the graph. */
function assistantOf(name: string, { proposalSecretFile, gatewayPort }: TopologyOptions): Variables {
  const secret = { PROPOSAL_SECRET_FILE: proposalSecretFile }
  if (name === 'cart') return secret
  if (name !== 'recommendations') return {}
  return { ...secret, GRAPH_URL: `http://127.0.0.1:${gatewayPort}/graphql` }
}

function addressesOf(subgraph: string, parts: readonly Part[]): string {
  const own = parts.filter(({ program }) => program === programOf(subgraph))
  return own.map(({ port }) => `http://127.0.0.1:${port}/graphql`).join(',')
}

function programOf(subgraph: string): string {
  return `subgraphs/${subgraph}/main.ts`
}

/** Which parts get the address of a store that several share; that of a database of one's own is named after its owner. */
const getsAddress: Readonly<Record<string, (part: string) => boolean>> = {
  MONGODB_URL: (part) => part === 'products',
  REDIS_URL: (part) => ['cart', 'users', gatewayName].includes(part),
  NATS_URL: () => true,
  BUS_DATABASE_URL: () => true,
}

/** The addresses of stores that a part gets: of its own database, and of what it shares with others. */
function storesOf(part: string, stores: Variables): Variables {
  const own = environmentOf(part, stores).DATABASE_URL
  const shared = Object.entries(stores).filter(([name]) => getsAddress[name]?.(part))
  return { ...Object.fromEntries(shared), ...(own === undefined ? {} : { DATABASE_URL: own }) }
}
