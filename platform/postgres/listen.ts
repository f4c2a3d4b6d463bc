import pg from 'pg'

import { asError } from '../errors.ts'
import type { Logger } from '../telemetry/logging.ts'

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
  /** What is notified from now on is missed. */
  onLost?(): void
}

interface Connected {
  readonly client: pg.Client
  readonly backendPid: number
}

const reconnectPause = 500

/** Keeps one connection on LISTEN, and comes back by itself when it breaks. Resolves with the first connection. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { log, channel } = options
  let current: Connected | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const connected = await openListening(options, lost)
    if (stopped) return connected.client.end()
    current = connected
    try {
      await options.onConnected(connected.backendPid)
    } catch (thrown) {
      current = undefined
      await connected.client.end()
      throw thrown
    }
  }

  /** Called at every client's end, more than once; only that of the one in use is a loss. */
  function lost(client: pg.Client, error?: Error): void {
    if (client !== current?.client) return
    current = undefined
    options.onLost?.()
    connectAgain(error)
  }

  function connectAgain(error: Error | undefined): void {
    if (stopped || timer !== undefined) return
    log.warn({ err: error, channel }, 'the listening connection broke; connecting again')
    timer = setTimeout(() => {
      timer = undefined
      connect().catch((thrown: unknown) => connectAgain(asError(thrown)))
    }, reconnectPause)
  }

  await connect()
  return {
    backendPid: () => current?.backendPid,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current?.client.end()
    },
  }
}

/** A connection that listens; one that gets no further than half of it is closed again. */
async function openListening(
  { connection, channel, onNotification }: ListenOptions,
  lost: (client: pg.Client, error?: Error) => void,
): Promise<Connected> {
  const client = new pg.Client(connection)
  client.on('notification', ({ payload }) => onNotification(payload ?? ''))
  client.on('error', (error) => lost(client, error))
  client.on('end', () => lost(client))
  try {
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const [row] = rows
    if (row === undefined) throw new Error('the server does not say which backend it gave us')
    return { client, backendPid: row.pid }
  } catch (thrown) {
    await client.end()
    throw thrown
  }
}
