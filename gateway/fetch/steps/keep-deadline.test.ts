import { describe, expect, it } from 'vitest'

import { Cancellation } from '../../../platform/work/cancellation.ts'
import { visitor } from '../../../platform/identity/viewer.ts'
import type { Asker, Fetch } from '../link.ts'
import { keepDeadline } from './keep-deadline.ts'

const deadline = 50

function asker(cancellation = new Cancellation()): Asker {
  return {
    viewer: visitor,
    traceparent: '',
    clientAddress: undefined,
    cancellation,
    late: new Set(),
    changed: new Set(),
  }
}

function fetchFrom(subgraph: string, by: Asker): Fetch {
  return { subgraph, query: '{ a }', operationName: undefined, variables: {}, asker: by }
}

/** A link to subgraphs of which `cart` hangs. */
function link() {
  const begun: string[] = []
  const kept = keepDeadline(() => deadline)(({ subgraph }) => {
    begun.push(subgraph)
    return subgraph === 'cart' ? new Promise(() => undefined) : Promise.resolve({ data: {} })
  })
  return { begun, send: (fetch: Fetch) => kept(fetch, fetch.asker.cancellation) }
}

describe('a subgraph that has missed its deadline', () => {
  it('is not asked again for the same request, while others are', async () => {
    const { begun, send } = link()
    const by = asker()
    await expect(send(fetchFrom('cart', by))).rejects.toThrow('cart did not answer within 50 ms')
    await expect(send(fetchFrom('cart', by))).rejects.toThrow('missed its deadline in this request before')
    await expect(send(fetchFrom('users', by))).resolves.toEqual({ data: {} })
    expect(begun).toEqual(['cart', 'users'])
  })

  it('is asked for the next request', async () => {
    const { begun, send } = link()
    await expect(send(fetchFrom('cart', asker()))).rejects.toThrow('within 50 ms')
    await expect(send(fetchFrom('cart', asker()))).rejects.toThrow('within 50 ms')
    expect(begun).toEqual(['cart', 'cart'])
  })
})

describe('a fetch of a client that has gone', () => {
  it('is not begun', async () => {
    const { begun, send } = link()
    await expect(
      send(fetchFrom('users', asker(Cancellation.by(AbortSignal.abort(new Error('gone')))))),
    ).rejects.toThrow('gone')
    expect(begun).toEqual([])
  })

  it('is called off at once, and is not the fault of the subgraph', async () => {
    const { send } = link()
    const client = new Cancellation()
    const by = asker(client)
    const fetched = send(fetchFrom('cart', by))
    client.cancel(new Error('gone'))
    await expect(fetched).rejects.toThrow('gone')
    expect(by.late).toEqual(new Set())
  })
})
