import { fileURLToPath } from 'node:url'

import pg from 'pg'

import type { NewId } from '../../ids.ts'
import type { Logger } from '../../telemetry/logging.ts'
import { CoalescingSocket } from '../../postgres/coalescing-socket.ts'
import { listen, type Listener } from '../../postgres/listen.ts'
import { migrate } from '../../postgres/migrate.ts'
import type { Bus, Subscription } from '../../messaging/bus.ts'
import { retryPauses } from '../../messaging/retry.ts'
import { singleFlight } from '../../work/single-flight.ts'
import { consumeLog } from './consume.ts'
import { countDeadLetters, listDeadLetters, replay } from './dead-letters.ts'
import { freeDeadClaims } from './deliveries.ts'
import type { BusParts, Wakeable } from './parts.ts'
import { channel, publishMessages } from './publish.ts'
import { readState } from './read-state.ts'
import { deliverKept } from './subscribe.ts'
import { watchState } from './watch-state.ts'

const applicationPrefix = 'souk-bus/'
const upkeepEvery = 5_000
/** Connections of each of the two pools, where one process holds all subgraphs. */
const usualPoolSize = 8
const logKeptFor = '7 days'
const migrations = fileURLToPath(new URL('./migrations', import.meta.url))

export interface PostgresBusOptions {
  /** The bus's own database. */
  readonly connection: pg.PoolConfig
  /** Connections of each of the two pools. */
  readonly poolSize?: number
  readonly newId: NewId
  readonly log: Logger
  /** Milliseconds before each further attempt; tests shorten them. */
  readonly retryPauses?: readonly number[]
}

/** The bus as tables of one database, with LISTEN/NOTIFY to wake the readers. Several processes may share it. */
export async function postgresBus(options: PostgresBusOptions): Promise<Bus> {
  const { connection, newId, log } = options
  const durable = pool(options, {})
  const relaxed = pool(options, { options: '-c synchronous_commit=off' })
  await migrate(durable, { folder: migrations, table: 'bus_version' })

  const wakeables = new Set<Wakeable>()
  const listening: Listening = { connections: 0, isConnected: false }
  const parts: BusParts = {
    durable,
    relaxed,
    process: newId(),
    newId,
    log,
    retryPauses: options.retryPauses ?? retryPauses,
    listeningEpoch: () => (listening.isConnected ? listening.connections : undefined),
  }
  const listener = await listenFor(wakeables, {
    connection: { ...connection, application_name: applicationPrefix + parts.process },
    listening,
    log,
  })
  await upkeep(parts)
  const timer = setInterval(() => {
    upkeep(parts).catch((error: unknown) => log.warn({ err: error }, 'the upkeep of the bus failed'))
  }, upkeepEvery)

  async function attach(opening: Promise<Subscription & Wakeable>): Promise<Subscription> {
    const loop = await opening
    wakeables.add(loop)
    loop.wake()
    return {
      caughtUp: () => loop.caughtUp(),
      stop() {
        wakeables.delete(loop)
        return loop.stop()
      },
    }
  }

  return {
    publish: (stream, messages) => publishMessages(durable, stream, messages),
    consume: (consumer) => attach(consumeLog(parts, consumer)),
    readState: (reader) => attach(readState(parts, reader)),
    watchState: (watcher) => attach(watchState(parts, watcher)),
    async rereadState(readerName) {
      await reread(durable, readerName)
      for (const wakeable of wakeables) wakeable.wake()
    },
    deadLetters: (page) => listDeadLetters(durable, page),
    countDeadLetters: () => countDeadLetters(durable),
    replayDeadLetter: (id) => replay(durable, id),
    // Once for all subgraphs that ask meanwhile: a database that hangs must not lose a connection to each of them.
    ready: singleFlight(async () => {
      await durable.query('select 1')
      return listener.backendPid() !== undefined
    }),
    async stop() {
      clearInterval(timer)
      await listener.stop()
      await Promise.all([durable.end(), relaxed.end()])
    },
  }
}

/** How often the listening connection has been made, and whether it is there. */
interface Listening {
  connections: number
  isConnected: boolean
}

interface ListeningParts {
  readonly connection: pg.ClientConfig
  readonly listening: Listening
  readonly log: Logger
}

/** Wakes whoever has news, and everybody when news may have been missed. */
function listenFor(
  wakeables: ReadonlySet<Wakeable>,
  { connection, listening, log }: ListeningParts,
): Promise<Listener> {
  return listen({
    connection,
    channel,
    log,
    onNotification(payload) {
      const types = payload.split(',')
      for (const wakeable of wakeables) if (wakeable.types.some((type) => types.includes(type))) wakeable.wake()
    },
    onConnected() {
      listening.isConnected = true
      listening.connections += 1
      for (const wakeable of wakeables) wakeable.wake()
    },
    onLost() {
      listening.isConnected = false
      for (const wakeable of wakeables) wakeable.disconnected?.()
    },
  })
}

function pool({ connection, log, poolSize = usualPoolSize }: PostgresBusOptions, more: pg.PoolConfig): pg.Pool {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  const made = new pg.Pool({ ...connection, ...more, max: poolSize, types, stream: () => new CoalescingSocket() })
  made.on('error', (error) => log.warn({ err: error }, 'an idle bus connection broke'))
  return made
}

async function reread(durable: pg.Pool, readerName: string): Promise<void> {
  const { rows } = await durable.query<{ type: string }>(
    `select type from subscription where consumer = $1 and stream = 'state'`,
    [readerName],
  )
  await deliverKept(durable, { consumer: readerName, types: rows.map(({ type }) => type), stream: 'state' })
}

/** Frees what crashed processes had taken, and drops log messages that everybody has had and that are old. */
async function upkeep({ relaxed, log }: BusParts): Promise<void> {
  const freed = await freeDeadClaims(relaxed, applicationPrefix)
  if (freed > 0) log.info({ freed }, 'took back messages from processes that are gone')
  await relaxed.query(
    `delete from log where published_at < now() - $1::interval
     and not exists (select from delivery where delivery.position = log.position)
     and not exists (select from dead_letter where dead_letter.stream = 'log' and dead_letter.position = log.position)`,
    [logKeptFor],
  )
}
