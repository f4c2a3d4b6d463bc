import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { assertPortFree } from '../../embedded/port.ts'
import { lockFolder } from '../../embedded/postgres/data-folder/folder-lock.ts'
import { noteSeeded, whatIsSeeded } from '../../embedded/seeded.ts'
import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { Stack, allToTheEnd } from '../../platform/work/stack.ts'
import { assertFilledOn, noteFilledOn, storesUsed } from './filled-on.ts'
import { readGivenStores } from './given.ts'
import { keepRunning, type Kept } from './keep-running.ts'
import { noteStores } from './noted.ts'
import { ensureProposalSecret } from './proposal-secret.ts'
import { runJob, startPart, untilReady, type Part, type Variables } from './parts.ts'
import { ensurePassportKeys } from './passport-keys.ts'
import { portsFor, type Ports } from './ports.ts'
import { installStores, startStores, type RunningStores, type StoresOptions } from './stores.ts'
import { gatewayName, topologyOf, type Topology } from './topology.ts'

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
  /** Where a part finds a store or a subgraph instead: a test puts something in between that it can cut. */
  readonly between?: (part: string, variable: string, url: string) => Promise<string>
  /** Calls the start off; what has been started is stopped again. */
  readonly signal: AbortSignal
  /** Runs a step, and shows it to a person. */
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
}

export interface Distributed {
  readonly url: string
  /** What a job is told that needs all stores. */
  readonly stores: Variables
  /** Which server each store is, as for people. */
  readonly described: readonly string[]
  /** Where each subgraph answers; of replicas, the first. */
  readonly addresses: ReadonlyMap<string, string>
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
  const { folder, step, signal, settings = {} } = options
  const logs = join(folder, 'logs')
  await mkdir(logs, { recursive: true })
  // Before any store: not every server refuses to share its folder with another one.
  const lock = await lockFolder(folder, 'SOUK_DISTRIBUTED_DIR')
  stack.onStop(() => lock.release())
  const ports = await portsFor(options.port, readSubgraphList(root))
  await ports.assertFree()
  const { HOST: host } = settings
  if (host !== undefined) await assertPortFree({ host, port: ports.gateway })
  const given = options.kind === 'postgres' ? {} : await readGivenStores(options.given)
  const used = storesUsed({ kind: options.kind, given })
  await assertFilledOn(folder, used)
  const stores = await openStores({ ...options, given }, stack)
  await noteStores(folder, stores.variables)
  signal.throwIfAborted()
  const topology = await arrange(options, ports, stores.variables)
  const gateway = await withBetween(topology.gateway, options)
  const subgraphs = await Promise.all(topology.subgraphs.map((part) => withBetween(part, options)))
  // Somebody may have been quicker meanwhile.
  await ports.assertFree()
  const parts = await step(`Starting ${subgraphs.length} subgraphs and the gateway`, async () => {
    const running = await runParts([...subgraphs, gateway], { ...options, logs }, stack)
    await Promise.all([...subgraphs, gateway].map((part) => untilReady(part, signal)))
    return running
  })
  await noteFilledOn(folder, used)
  await seedOnce({ ...options, logs }, { ...stores.variables, ...settings })
  return {
    url: `http://localhost:${gateway.port}`,
    stores: stores.variables,
    described: stores.described,
    addresses: new Map(subgraphs.map(({ name, port }) => [name, `http://127.0.0.1:${port}/graphql`])),
    processes: new Map([...stores.servers, ...parts].map((kept) => [kept.name, kept])),
  }
}

/** What is missing is installed first. */
async function openStores(options: DistributedOptions, stack: Stack): Promise<RunningStores> {
  const { step, signal } = options
  await installStores(options, step)
  signal.throwIfAborted()
  return step('Starting the stores', () => startStores(options, stack))
}

async function arrange(
  { folder, replicas, settings }: DistributedOptions,
  ports: Ports,
  stores: Variables,
): Promise<Topology> {
  const keys = await ensurePassportKeys(join(folder, 'keys'))
  const proposalSecretFile = await ensureProposalSecret(join(folder, 'keys'))
  return topologyOf({
    ...{ ...keys, proposalSecretFile, stores, replicas, subgraphs: readSubgraphList(root) },
    shared: { MAIL_FOLDER: join(folder, 'mail'), ...settings },
    gatewayPort: ports.gateway,
    portOf: ports.of,
  })
}

async function withBetween(part: Part, { between }: DistributedOptions): Promise<Part> {
  if (between === undefined) return part
  const environment = Object.entries(part.environment).map(async ([variable, value]) => {
    const isAddress = /(^|_)URL(_|$)/.test(variable)
    return [variable, isAddress ? await between(part.name, variable, value) : value] as const
  })
  return { ...part, environment: Object.fromEntries(await Promise.all(environment)) }
}

type PartsOptions = Pick<DistributedOptions, 'say'> & { readonly logs: string }

/** All at once: the gateway takes up subgraphs as they come. It stops first, so that nobody asks a subgraph that is gone. */
async function runParts(parts: readonly Part[], { say, logs }: PartsOptions, stack: Stack): Promise<readonly Kept[]> {
  const running: Kept[] = []
  stack.onStop(async () => {
    const [subgraphs, gateways] = [running.filter(isSubgraph), running.filter((kept) => !isSubgraph(kept))]
    await Promise.all(gateways.map((kept) => kept.stop()))
    await Promise.all(subgraphs.map((kept) => kept.stop()))
  })
  await allToTheEnd(
    parts.map(async (part) => {
      running.push(await keepRunning({ name: part.name, say, start: () => startPart(part, logs) }))
    }),
  )
  return running
}

function isSubgraph({ name }: Kept): boolean {
  return name !== gatewayName
}

/** The note that it is done is written last: a seed that was cut off is run again, and leaves what is there. */
async function seedOnce(options: DistributedOptions & PartsOptions, environment: Variables): Promise<void> {
  const { folder } = options
  if ((await whatIsSeeded(folder)) !== undefined) return
  await runJob({ name: 'seed', program: 'distributed/seed.ts', environment }, options)
  const demoAccounts = environment.NODE_ENV !== 'production'
  await noteSeeded(folder, { at: new Date().toISOString(), demoAccounts })
}
