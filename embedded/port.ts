import { lookup } from 'node:dns/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'

import { systemErrorCode } from './postgres/system-error.ts'
import { StartError } from './start-error.ts'

interface Place {
  readonly host: string
  readonly port: number
}

/** What `localhost` has two of may lack one: on a machine without IPv6, say. */
const notOfThisMachine = ['EADDRNOTAVAIL', 'EAFNOSUPPORT']

/**
 * Finds out before anything is started whether the gateway will be able to listen, on every address that the host has.
 * @throws StartError when it will not
 */
export async function assertPortFree({ host, port }: Place): Promise<void> {
  try {
    const addresses = await lookup(host, { all: true })
    const failures: unknown[] = []
    for (const { address } of addresses)
      await listenOnce(address, port).catch((thrown: unknown) => failures.push(thrown))
    const serious = failures.filter((failure) => !notOfThisMachine.includes(systemErrorCode(failure) ?? ''))
    if (serious.length > 0) throw serious[0]
    if (failures.length === addresses.length) throw failures[0]
  } catch (thrown) {
    throw portError(thrown, { host, port })
  }
}

async function listenOnce(host: string, port: number): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
  } finally {
    probe.close()
  }
}

/** Why nobody can listen there, with what to do about it. */
export function portError(cause: unknown, { host, port }: Place): StartError {
  const code = systemErrorCode(cause)
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is in use.`, {
        cure: `Stop what uses it, or choose another: PORT=${port < 65_535 ? port + 1 : 4000} npm start`,
        cause,
      })
    case 'EACCES':
      return new StartError(`Port ${port} may not be opened by this user.`, {
        cure: 'Choose a PORT above 1023.',
        cause,
      })
    default:
      return new StartError(`${host}:${port} cannot be listened on (${code ?? 'unknown reason'}).`, {
        cure: 'Set HOST to an address of this machine, such as localhost or 0.0.0.0.',
        cause,
      })
  }
}
