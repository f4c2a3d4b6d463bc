import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis'

import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'
import { singleFlight } from '../work/single-flight.ts'
import { runScript, type Keys, type Script } from './script.ts'
import { answered, hasTimedOut } from './unavailable.ts'

export interface RedisConnection {
  /** For a command of one key; within `answered` of unavailable.ts. */
  readonly client: Redis | Cluster
  /** Runs a script whose keys are all of one hash slot. @throws StoreUnavailable when Redis does not answer in time */
  run(script: Script, keys: Keys, values?: readonly (string | number)[]): Promise<unknown>
  /** Rejects when Redis does not answer. */
  ping(): Promise<void>
  /** Resolves when the connection is made. @throws StoreUnavailable when that takes too long */
  connected(): Promise<void>
  /** Calls back whenever the connection has been made anew. */
  onConnected(listener: () => void): void
  close(): Promise<void>
}

export interface RedisConnectionOptions {
  /** `redis://host:port`, or `rediss://`; several by commas are nodes of one Redis Cluster. */
  readonly url: string
  readonly log: Logger
  /** Milliseconds that a command may take. */
  readonly deadline?: number
}

const usualDeadline = 1_000
const pulseEvery = 1_000
const longestPause = 1_000
const firstConnection = 10_000

/**
 * A connection that fails fast and comes back by itself. No command waits for a server that is away, since a queue of
 * those grows without bound and answers requests that nobody waits for any more. None is sent a second time either: whether
 * the first took effect is not known, and the caller alone knows whether a repeat is harmless.
 */
export function redisConnection({ url, log, deadline = usualDeadline }: RedisConnectionOptions): RedisConnection {
  const client = connect(url.split(','), deadline)
  let isAway = false
  client.on('error', (error: Error) => {
    if (!isAway) log.warn({ err: error }, 'Redis is away')
    isAway = true
  })
  client.on('ready', () => {
    if (isAway) log.warn('Redis is back')
    isAway = false
  })

  // A server that hangs keeps its connections open. Once this one is left, all fails fast until the server goes on.
  let isLeft = false
  client.on('close', () => (isLeft = false))
  function leave() {
    if (isLeft || !(client instanceof Redis) || client.status !== 'ready') return
    isLeft = true
    client.disconnect(true)
  }
  const guarded = <Result>(work: () => Promise<Result>) =>
    answered(() => (client.status === 'ready' ? work() : Promise.reject(new Error('Redis is away')))).catch(
      (thrown: unknown) => {
        if (hasTimedOut(thrown)) leave()
        throw thrown
      },
    )

  const ping = singleFlight(() =>
    guarded(async () => {
      await client.ping()
    }),
  )
  // Whoever uses the client by itself is spared a server that hangs, too; and so is who comes after a silent cut.
  const pulse = setInterval(() => void ping().catch(() => undefined), pulseEvery).unref()

  return {
    client,
    run: (script, keys, values = []) => guarded(() => runScript(client, { script, keys, values })),
    ping,
    connected: () => answered(() => untilReady(client)),
    onConnected: (listener) => void client.on('ready', listener),
    async close() {
      clearInterval(pulse)
      // What is still under way is waited for; a server that is away has nothing under way.
      await client.quit().catch(() => undefined)
      client.disconnect()
    },
  }
}

function connect(urls: readonly string[], deadline: number): Redis | Cluster {
  const retryStrategy = (times: number) => Math.min(times * 50, longestPause)
  const common: RedisOptions = {
    commandTimeout: deadline,
    connectTimeout: deadline,
    autoResendUnfulfilledCommands: false,
    // A command whose connection broke fails at once.
    maxRetriesPerRequest: 0,
  }
  const [first = ''] = urls
  if (urls.length === 1) return new Redis(first, { ...common, retryStrategy, enableOfflineQueue: false })
  const cluster: ClusterOptions = {
    redisOptions: common,
    clusterRetryStrategy: retryStrategy,
    // Without a queue it refuses what comes while the connection to one node is being made. `guarded` keeps it short.
    enableOfflineQueue: true,
    // By this a command would be sent again that may have taken effect.
    retryDelayOnFailover: 0,
    slotsRefreshTimeout: deadline,
  }
  return new Cluster([...urls], cluster)
}

async function untilReady(client: Redis | Cluster): Promise<void> {
  if (client.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    let last: Error | undefined
    const onError = (error: Error) => (last = error)
    const onReady = () => done(resolve)
    const timer = setTimeout(
      () => done(() => reject(new Error('Redis is away', { cause: asError(last) }))),
      firstConnection,
    )
    const done = (settle: () => void) => {
      clearTimeout(timer)
      client.off('ready', onReady).off('error', onError)
      settle()
    }
    client.on('ready', onReady).on('error', onError)
  })
}
