import pg from 'pg'

import { asError } from '../errors.ts'
import type { Logger } from '../logging.ts'

export interface Listener {
  /** The backend that listens. It lives as long as this process is connected, so it stands for the process. */
  readonly backendPid: () => number | undefined
  stop(): Promise<void>
}

export interface ListenOptions {
  readonly connection: pg.ClientConfig
  readonly channel: string
  readonly log: Logger
  onNotification(payload: string): void
  /** After every (re)connection: whatever was notified before it was missed, so look at everything once. */
  onConnected(backendPid: number): Promise<void> | void
}

const reconnectPause = 500

/** Keeps one connection on LISTEN, and comes back by itself when it breaks. Resolves with the first connection. */
export async function listen(options: ListenOptions): Promise<Listener> {
  let client: pg.Client | undefined
  let backendPid: number | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const fresh = new pg.Client(options.connection)
    fresh.on('notification', ({ payload }) => options.onNotification(payload ?? ''))
    fresh.on('error', lost)
    fresh.on('end', () => lost())
    await fresh.connect()
    await fresh.query(`listen ${pg.escapeIdentifier(options.channel)}`)
    const { rows } = await fresh.query<{ pid: number }>('select pg_backend_pid() as pid')
    client = fresh
    backendPid = rows[0]?.pid
    if (backendPid !== undefined) await options.onConnected(backendPid)
  }

  function lost(error?: Error): void {
    backendPid = undefined
    if (stopped || timer !== undefined) return
    options.log.warn({ err: error, channel: options.channel }, 'the listening connection broke; connecting again')
    timer = setTimeout(() => {
      timer = undefined
      connect().catch((thrown: unknown) => lost(asError(thrown)))
    }, reconnectPause)
  }

  await connect()
  return {
    backendPid: () => backendPid,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
