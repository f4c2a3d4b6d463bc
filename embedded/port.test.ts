import { once } from 'node:events'
import { createServer } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { assertPortFree } from './port.ts'
import { StartError } from './start-error.ts'

const servers = new Set<ReturnType<typeof createServer>>()

afterEach(() => {
  for (const server of servers) server.close()
  servers.clear()
})

/** Somebody else's server; resolves with its port. */
async function occupy(host: string): Promise<number> {
  const server = createServer()
  servers.add(server)
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a port was expected')
  return address.port
}

async function refusal(host: string, port: number): Promise<StartError> {
  const thrown: unknown = await assertPortFree({ host, port }).catch((failure: unknown) => failure)
  if (!(thrown instanceof StartError)) throw new Error(`expected a StartError, got ${String(thrown)}`)
  return thrown
}

describe('before anything is started, the port', () => {
  it('is found free', async () => {
    await assertPortFree({ host: 'localhost', port: 0 })
  })

  it.each(['127.0.0.1', '0.0.0.0'])('is found in use when somebody listens on %s', async (host) => {
    const port = await occupy(host)
    const { message, cure } = await refusal('localhost', port)
    expect(message).toBe(`Port ${port} on localhost is in use.`)
    expect(cure).toBe(`Stop what uses it, or choose another: PORT=${port + 1} npm start`)
  })

  it('cannot be listened on at a host that is not this machine, or none', async () => {
    expect((await refusal('192.0.2.1', 4000)).message).toBe('192.0.2.1:4000 cannot be listened on (EADDRNOTAVAIL).')
    expect((await refusal('no-such-host.invalid', 4000)).message).toMatch(/^no-such-host\.invalid:4000 cannot be/)
  })
})
