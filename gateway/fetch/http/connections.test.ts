import { lookup } from 'node:dns/promises'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { faults, misbehavingServer, type MisbehavingServer } from '../../../tests/support/misbehaving-server.ts'
import { connectionsTo, type Connections } from './connections.ts'
import { spreadingLookup } from './lookup.ts'

let server: MisbehavingServer
let connections: Connections
beforeEach(async () => {
  server = await misbehavingServer()
})
afterEach(async () => {
  await connections.close()
  await server.close()
})

function connect(lifetime?: number): void {
  connections = connectionsTo(new URL(server.url).origin, lifetime)
}

async function ask(): Promise<number> {
  const { statusCode, body } = await connections.current().request({ path: '/', method: 'GET' })
  await body.dump()
  return statusCode
}

describe('connections that have grown old', () => {
  it('are replaced', async () => {
    connect(0)
    for (let count = 0; count < 5; count += 1) await ask()
    expect(server.connections()).toBe(5)
  })

  it('hold up nobody, when all that may be made have grown old together', async () => {
    connect(1)
    for (let count = 0; count < 3; count += 1) {
      const asked = await Promise.all(Array.from({ length: 100 }, ask))
      expect(new Set(asked)).toEqual(new Set([200]))
    }
  })

  it('end with what is asked on them', async () => {
    connect(0)
    server.behave(faults.hangs)
    const arrives = server.next()
    const slow = ask()
    const { response } = await arrives
    server.behave(({ response: other }) => void other.end())
    expect(await ask()).toBe(200)
    response.end()
    expect(await slow).toBe(200)
  })

  it('are closed with all the others', async () => {
    connect(0)
    server.behave(faults.hangs)
    const arrives = server.next()
    const slow = ask()
    await arrives
    connections.current()
    await connections.close()
    await expect(slow).rejects.toThrow()
  })
})

describe('a name', () => {
  it('leads to all its addresses, in any order', async () => {
    connect()
    const known = (await lookup('localhost', { all: true })).map(({ address }) => address)
    const all = await new Promise((resolve) =>
      spreadingLookup('localhost', { all: true }, (_error, addresses) => resolve(addresses)),
    )
    const one = await new Promise((resolve) => spreadingLookup('localhost', {}, (_error, address) => resolve(address)))
    expect(all).toHaveLength(known.length)
    expect(all).toEqual(expect.arrayContaining(known.map((address) => expect.objectContaining({ address }) as object)))
    expect(known).toContain(one)
  })

  it('that nobody knows is an error', async () => {
    connect()
    const error = await new Promise((resolve) => spreadingLookup('souk.invalid', {}, (error) => resolve(error)))
    expect(error).toMatchObject({ syscall: 'getaddrinfo' })
  })
})
