import { setImmediate as turn } from 'node:timers/promises'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { createLogger } from '../../platform/telemetry/logging.ts'
import { answers, misbehavingServer, type MisbehavingServer } from '../../tests/support/misbehaving-server.ts'
import { failuresToOpen } from '../fetch/http/breaker.ts'
import { linkPool, type LinkPool, type OpenLinks } from './link-pool.ts'

const good = answers({ data: { a: 1 } })
const query = { query: '{ a }', passport: undefined }

let cart: MisbehavingServer
let other: MisbehavingServer
let pool: LinkPool

beforeEach(async () => {
  ;[cart, other] = await Promise.all([misbehavingServer(good), misbehavingServer(good)])
  pool = linkPool({ deadline: 1_000, log: createLogger('silent'), probe: 'paths' })
})

afterEach(async () => {
  await pool.close()
  await Promise.all([cart.close(), other.close()])
})

const opened = (...urls: [string, string][]) => pool.open(new Map(urls.map(([name, url]) => [name, [url]])))

function linkOf({ subgraphs }: OpenLinks, name = 'cart') {
  const link = subgraphs.get(name)
  if (link === undefined) throw new Error(`no ${name}`)
  return link
}

it('a subgraph that answers at the same address keeps its link, with its connection and its breaker', async () => {
  const first = opened(['cart', cart.url])
  await linkOf(first).execute(query)
  const second = opened(['cart', cart.url], ['orders', other.url])
  expect(linkOf(second)).toBe(linkOf(first))
  await first.release()
  // By then the connection is free for the next request.
  await turn()
  expect(await linkOf(second).execute(query)).toEqual({ data: { a: 1 } })
  expect(cart.connections()).toBe(1)

  cart.behave(({ socket }) => void socket.destroy())
  for (let turn = 0; turn < failuresToOpen; turn += 1)
    await linkOf(second)
      .execute(query)
      .catch(() => undefined)
  expect(linkOf(opened(['cart', cart.url])).breaker()).toBe('open')
})

it('another address is another link, with a breaker that knows nothing yet', () => {
  const first = opened(['cart', cart.url])
  expect(linkOf(opened(['cart', other.url]))).not.toBe(linkOf(first))
  expect(linkOf(opened(['orders', cart.url]), 'orders')).not.toBe(linkOf(first))
})

it('a link is closed when the last that has it open lets it go, and not before', async () => {
  const [first, second] = [opened(['cart', cart.url]), opened(['cart', cart.url])]
  await linkOf(first).execute(query)
  const [connection] = cart.arrived
  const closed = new Promise<void>((resolve) => connection?.socket.once('close', () => resolve()))
  await first.release()
  await first.release()
  expect(await linkOf(second).execute(query)).toEqual({ data: { a: 1 } })
  await second.release()
  await closed
  expect(linkOf(opened(['cart', cart.url]))).not.toBe(linkOf(first))
})
