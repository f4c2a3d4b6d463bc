import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { Stack, allToTheEnd } from '../../platform/work/stack.ts'
import { freePort } from '../servers/free-port.ts'
import { keepRunning, type Kept } from './keep-running.ts'
import { runJob, startPart, untilReady, type Part, type Variables } from './parts.ts'
import { ensurePassportKeys } from './passport-keys.ts'
import { startStores, type StoresOptions } from './stores.ts'
import { topologyOf } from './topology.ts'

const root = join(import.meta.dirname, '..', '..')

export interface DistributedOptions extends Omit<StoresOptions, 'folder'> {
  /** Everything is kept below it: stores, keys, mail, logs. */
  readonly folder: string
  /** Of each subgraph. */
  readonly replicas: number
  /** The gateway's; those of the subgraphs are in supergraph.yaml. Left out, all are free ones. */
  readonly port?: number
  /** Settings for every part. */
  readonly settings?: Variables
  /** Runs a step, and shows it to a person. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
}

export interface Distributed {
  readonly url: string
  /** What a job is told that needs all stores. */
  readonly stores: Variables
  /** Which server each store is, as for people. */
  readonly described: readonly string[]
  /** Every process, stores included, by name. */
  readonly processes: ReadonlyMap<string, Kept>
  /** Ends what is in hand: gateway, subgraphs, stores. */
  stop(): Promise<void>
}

/** Every part of the shop as a process of its own on this machine. Resolves when it answers. */
export async function startDistributed(options: DistributedOptions): Promise<Distributed> {
  const stack = new Stack()
  try {
    return { ...(await start(options, stack)), stop: () => stack.stop() }
  } catch (thrown) {
    await stack.stop()
    throw thrown
  }
}

async function start(options: DistributedOptions, stack: Stack): Promise<Omit<Distributed, 'stop'>> {
  const { folder, step, say, settings = {} } = options
  const logs = join(folder, 'logs')
  await mkdir(logs, { recursive: true })
  const keys = await ensurePassportKeys(join(folder, 'keys'))
  const stores = await step('Starting the stores', () => startStores({ ...options, folder }))
  stack.onStop(() => endAll(stores.servers))
  await noteStores(folder, stores.variables)

  const isFixed = options.port !== undefined
  const { subgraphs, gateway } = await topologyOf({
    ...{ ...keys, stores: stores.variables, replicas: options.replicas, subgraphs: readSubgraphList(root) },
    shared: { MAIL_FOLDER: join(folder, 'mail'), ...settings },
    gatewayPort: options.port ?? (await freePort()),
    portOf: async ({ url }, replica) => (isFixed && replica === 0 ? Number(new URL(url).port) : freePort()),
  })
  const keep = (part: Part) => keepRunning({ name: part.name, say, start: () => startPart(part, logs) })
  const parts = await step(`Starting ${subgraphs.length} subgraphs and the gateway`, async () => {
    // The gateway takes up subgraphs as they come.
    const running = await allToTheEnd([...subgraphs, gateway].map((part) => keptOn(stack, keep(part))))
    await Promise.all([...subgraphs, gateway].map(untilReady))
    return running
  })
  await seedOnce(options, { ...stores.variables, ...settings })
  const processes = new Map([...stores.servers, ...parts].map((kept) => [kept.name, kept]))
  return {
    url: `http://localhost:${gateway.port}`,
    stores: stores.variables,
    described: stores.described,
    processes,
  }
}
