import { changesOn } from '../gateway/cache/bus-changes.ts'
import type { Changes } from '../gateway/cache/changes.ts'
import { configuredGateway } from '../gateway/configured.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { ReadOperations } from '../gateway/registered-operations.ts'
import { postgresBus } from '../platform/bus/postgres/bus.ts'
import type { Bus } from '../platform/messaging/bus.ts'
import { systemClock } from '../platform/clock.ts'
import type { HasEnded } from '../platform/identity/ended-sessions.ts'
import { memoryEndedSessions } from '../platform/identity/memory-ended-sessions.ts'
import { errandControl } from '../platform/identity/errand.ts'
import { passportOffice, type PassportControl, type PassportOffice } from '../platform/identity/passport.ts'
import { newUuid } from '../platform/ids.ts'
import { databasePatience } from '../platform/postgres/config.ts'
import type { Logger } from '../platform/telemetry/logging.ts'
import type { Subgraph } from '../platform/subgraph/subgraph.ts'
import { files, type EmbeddedConfig } from './config.ts'
import { databaseName } from './composition/names.ts'
import type { EmbeddedPostgres } from './postgres/supervisor.ts'
import { allToTheEnd, type Stack } from '../platform/work/stack.ts'
import { graphByCall } from './composition/graph-by-call.ts'
import { linksTo } from './composition/links.ts'
import { passportKeys } from './composition/passport-keys.ts'
import { createSubgraphs, type Subgraphs } from './composition/subgraphs.ts'
import { supergraphError } from './composition/supergraph.ts'

/** Milliseconds that open requests are waited for. */
const drainPatience = 10_000

interface ShopParts {
  readonly config: EmbeddedConfig
  readonly log: Logger
  readonly postgres: EmbeddedPostgres
  readonly supergraphSdl: string
  /** What clients have registered. */
  readonly registered: ReadOperations | undefined
}

export interface Shop {
  /** Those that run apart are put together here too, and never started. */
  readonly subgraphs: Subgraphs
  readonly bus: Bus
  /** What the gateway shows the subgraphs; whoever asks one of them directly needs them too. */
  readonly passports: PassportOffice
  /** Listens to nobody yet. */
  readonly gateway: Gateway
}

/** The bus, the subgraphs and the gateway, at work. */
export async function startShop(parts: ShopParts, stack: Stack): Promise<Shop> {
  const { config, log, postgres } = parts
  const patience = databasePatience(config)
  const connect = (name: string) => ({ ...postgres.connect(databaseName(name)), ...patience })
  const bus = await postgresBus({ connection: connect('bus'), newId: newUuid, log })
  stack.onStop(() => bus.stop())
  const { privateKey, publicKey } = await passportKeys(config)
  // Users announces to it and the gateway asks it: one process needs nobody in between.
  const { announce: announceEnded, hasEnded } = memoryEndedSessions(systemClock)
  const door: { gateway?: Gateway } = {}
  const { subgraphs, databases } = createSubgraphs({
    ...{ config, connect, bus, log, announceEnded },
    askGraph: graphByCall(() => door.gateway),
    passportKey: publicKey,
  })
  stack.onStop(async () => {
    await Promise.all(databases.map((database) => database.close()))
  })
  const passports = passportOffice({ privateKey, clock: systemClock })
  const readErrand = errandControl({ publicKey, clock: systemClock })
  const { within, close, ...reached } = linksTo(subgraphs, { config, log })
  stack.onStop(close)
  const changes = changesOn({ bus, log })
  const opening = createGatewayTo(reached, { passports, hasEnded, readErrand, changes }, parts).then((created) => {
    // It watches the bus already, and is to stop that, whatever becomes of the subgraphs; before they do.
    stack.onStop(() => created.close(drainPatience))
    return created
  })
  // The gateway plans while the subgraphs wait for their databases.
  const [gateway] = await allToTheEnd([opening, startAll(within, stack)])
  door.gateway = gateway
  return { subgraphs, bus, passports, gateway }
}

function createGatewayTo(
  { links, jwks }: Pick<ReturnType<typeof linksTo>, 'links' | 'jwks'>,
  given: {
    readonly passports: PassportOffice
    readonly readErrand: PassportControl
    readonly hasEnded: HasEnded
    readonly changes: Changes
  },
  { config, log, supergraphSdl, registered }: ShopParts,
): Promise<Gateway> {
  return configuredGateway({
    config,
    supergraphSdl,
    subgraphs: links,
    ...(registered && { registered }),
    ...given,
    jwks,
    log,
    production: config.NODE_ENV === 'production',
    graphiqlFolder: files.graphiql,
    // Within one process, a subgraph that is missing is the process's own affair.
    readyInPart: config.apart.size > 0,
  }).catch((cause: unknown) => {
    // What can be wrong with it beyond its form shows when queries are to be planned.
    throw supergraphError(config.SOUK_SUPERGRAPH, cause)
  })
}

/** All at once; they stop all at once too, before the bus does. */
async function startAll(subgraphs: readonly Subgraph[], stack: Stack): Promise<void> {
  stack.onStop(async () => {
    await Promise.all(subgraphs.map((subgraph) => subgraph.stop()))
  })
  await allToTheEnd(subgraphs.map((subgraph) => subgraph.start()))
}
