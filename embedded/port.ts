import { once } from 'node:events'
import { createServer } from 'node:net'

import { z } from 'zod'

import { StartError } from './start-error.ts'

const systemError = z.object({ code: z.string() })

/** Finds out before anything is started whether the gateway will be able to listen. @throws StartError when it will not */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer()
  try {
    probe.listen(port, host)
    await once(probe, 'listening')
  } catch (cause) {
    throw explain({ host, port, code: systemError.safeParse(cause).data?.code, cause })
  } finally {
    probe.close()
  }
}

function explain(failure: { host: string; port: number; code: string | undefined; cause: unknown }): StartError {
  const { host, port, code, cause } = failure
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is in use.`, {
        cure: `Stop what uses it, or choose another: PORT=${port + 1} npm start`,
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
