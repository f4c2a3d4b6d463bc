import { connect, createInbox, Events, type ConnectionOptions as ClientOptions, type NatsConnection } from 'nats'

import { asError } from '../../errors.ts'
import type { Logger } from '../../telemetry/logging.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
}

interface ConnectionOptions {
  /** One of them is enough: each names the others. */
  readonly servers: string | readonly string[]
  /** Those of the first address unless given. */
  readonly credentials?: Credentials | undefined
  /** Shown by the server. */
  readonly name: string
  readonly log: Logger
  /** Milliseconds after which no first connection is tried any more; for ever unless given. */
  readonly patience?: number
}

/** A server that hangs is left after two of these, in milliseconds, without an answer. */
const pingInterval = 2_000

/** Milliseconds. */
const pauseBetweenAttempts = 300

export interface Connected {
  readonly connection: NatsConnection
  /** A subject of our own, below which answers may come. */
  newInbox(): string
  /** Calls back whenever the server is there again. Returns how to stop that. */
  onReconnect(listener: () => void): () => void
  /** Calls back whenever the server goes away. Returns how to stop that. */
  onDisconnect(listener: () => void): () => void
}

/** Connects, and goes on trying for as long as it takes: now, and whenever the server goes away. */
export async function connectNats(options: ConnectionOptions): Promise<Connected> {
  const { servers, credentials, name, log } = options
  const addresses = (typeof servers === 'string' ? servers.split(',') : [...servers]).map((server) => server.trim())
  const who = credentials ?? credentialsIn(addresses[0] ?? '')
  const inboxPrefix = who === undefined ? undefined : inboxOf(who.user)
  const connection = await firstConnection(options, {
    servers: addresses.map((address) => address.replace(/\/\/.*@/, '//')),
    name,
    ...(who && { user: who.user, pass: who.password }),
    ...(inboxPrefix !== undefined && { inboxPrefix }),
    maxReconnectAttempts: -1,
    // A server that refuses us twice may know its users a moment later; the client would close for ever.
    ignoreAuthErrorAbort: true,
    reconnectTimeWait: 200,
    reconnectJitter: 100,
    timeout: 5_000,
    pingInterval,
    maxPingOut: 2,
  })
  const [back, away] = [listeners(), listeners()]
  void followChanges(connection, { log, onReconnect: back.call, onDisconnect: away.call })
  return {
    connection,
    newInbox: () => createInbox(inboxPrefix),
    onReconnect: back.add,
    onDisconnect: away.add,
  }
}

/** By attempts of our own: the client would wait, whatever the reason, and log nothing. */
async function firstConnection(
  { log, patience = Infinity }: ConnectionOptions,
  options: ClientOptions,
): Promise<NatsConnection> {
  const deadline = performance.now() + patience
  for (let lastLogged: string | undefined; ;) {
    try {
      return await connect(options)
    } catch (thrown) {
      if (performance.now() > deadline) throw thrown
      const error = asError(thrown)
      if (error.message !== lastLogged) log.warn({ err: error }, 'the bus cannot be reached yet; trying again')
      lastLogged = error.message
      await new Promise((resolve) => setTimeout(resolve, pauseBetweenAttempts))
    }
  }
}

/** Where answers to a user come; no other user may subscribe to it. */
export function inboxOf(user: string): string {
  return `_INBOX_${user}`
}

function credentialsIn(address: string): Credentials | undefined {
  const { username, password } = new URL(address.includes('://') ? address : `nats://${address}`)
  return username === '' ? undefined : { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function listeners() {
  const all = new Set<() => void>()
  return {
    call: () => all.forEach((listener) => listener()),
    add(listener: () => void): () => void {
      all.add(listener)
      return () => all.delete(listener)
    },
  }
}

async function followChanges(
  connection: NatsConnection,
  { log, onReconnect, onDisconnect }: { log: Logger; onReconnect(): void; onDisconnect(): void },
): Promise<void> {
  for await (const { type, data } of connection.status()) {
    if (type === Events.Disconnect || type === Events.Error) log.warn({ change: type, about: data }, 'the bus is away')
    if (type === Events.Disconnect) onDisconnect()
    if (type === Events.Reconnect) {
      log.info({ server: data }, 'the bus is back')
      onReconnect()
    }
  }
}
