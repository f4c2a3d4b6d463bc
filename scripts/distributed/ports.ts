import { assertPortFree } from '../../embedded/port.ts'
import { StartError } from '../../embedded/start-error.ts'
import type { ListedSubgraph } from '../../platform/subgraph/list.ts'
import { freePort } from '../servers/free-port.ts'
import { gatewayName } from './topology.ts'

/** Where each part listens. */
export interface Ports {
  readonly gateway: number
  /** Of a replica of a subgraph; the first is 0. */
  of(subgraph: ListedSubgraph, replica: number): Promise<number>
  /** Whoever listens there would be taken for a part. @throws StartError when one cannot be had */
  assertFree(): Promise<void>
}

/** @param gateway its port; those of the subgraphs are in supergraph.yaml. Left out, all are free ones. */
export async function portsFor(gateway: number | undefined, subgraphs: readonly ListedSubgraph[]): Promise<Ports> {
  if (gateway === undefined)
    return { gateway: await freePort(), of: () => freePort(), assertFree: async () => undefined }
  const listed = subgraphs.map((subgraph) => ({ name: subgraph.name, port: portIn(subgraph) }))
  return {
    gateway,
    of: async (subgraph, replica) => (replica === 0 ? portIn(subgraph) : freePort()),
    async assertFree() {
      const other = listed.find(({ port }) => port === gateway)
      if (other !== undefined) throw cannotBeHad({ name: gatewayName, port: gateway }, `it is that of ${other.name}`)
      await Promise.all([...listed, { name: gatewayName, port: gateway }].map(assertOneFree))
    },
  }
}

function portIn({ url }: ListedSubgraph): number {
  return Number(new URL(url).port)
}

interface Place {
  readonly name: string
  readonly port: number
}

async function assertOneFree(place: Place): Promise<void> {
  await assertPortFree({ host: 'localhost', port: place.port }).catch((cause: unknown) => {
    throw cannotBeHad(place, cause instanceof StartError ? cause.message.replace(/\.$/, '') : String(cause))
  })
}

function cannotBeHad({ name, port }: Place, reason: string): StartError {
  return new StartError(`${name} cannot have port ${port}: ${reason}.`, {
    cure: 'Stop what uses it, or choose another PORT; PORT=0 npm run distributed takes free ones for all parts.',
  })
}
