import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { capturePayment } from '../../contracts/payments.ts'
import type { Consumer, Subscription } from '../../platform/messaging/bus.ts'
import { visitor, type Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { createHarness, type Harness } from '../../tests/support/harness.ts'
import { orderMessage, pounds } from '../../tests/support/messages.ts'

const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['STAFF'] }

interface Page {
  totalCount: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  edges: { cursor: string; node: { id: string; payload: string; error: string } }[]
}

let harness: Harness
let consumer: Subscription
/** What the consumer does with a message; tests set it. */
let handle: Consumer['handle']

beforeAll(async () => {
  harness = await createHarness({ retryPauses: [] })
  await harness.add('operations')
  consumer = await harness.bus.consume({
    name: 'clumsy',
    types: [capturePayment.type],
    handle: (messages) => handle(messages),
  })
})

beforeEach(async () => {
  handle = async () => undefined
  for (const { id } of await harness.bus.deadLetters({ first: 100 })) await harness.bus.replayDeadLetter(id)
  await consumer.caughtUp()
  handle = async () => {
    throw new Error('no account for ada@example.com with tok_visa')
  }
})

afterAll(async () => {
  await consumer.stop()
  await harness.stop()
})

async function giveUpOn(count: number): Promise<string[]> {
  const orderIds = Array.from({ length: count }, () => newUuid())
  for (const orderId of orderIds) {
    const data = { orderId, userId: newUuid(), amount: pounds(1_250), paymentMethodToken: 'tok_visa' }
    await harness.publish(capturePayment, orderMessage(data))
    await consumer.caughtUp()
  }
  return orderIds
}

const list = `query ($first: Int, $after: String) { deadLetters(first: $first, after: $after) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { cursor node { id consumer subject attempts error payload failedAt } }
} }`

async function pageOf(variables: Record<string, unknown> = {}): Promise<Page> {
  const { data, errors } = await harness.ask('operations', { query: list, variables, viewer: staff })
  expect(errors).toEqual([])
  return data?.deadLetters as Page
}

async function replay(id: string): Promise<unknown> {
  const query = 'mutation ($id: ID!) { replayDeadLetter(id: $id) }'
  return (await harness.ask('operations', { query, variables: { id }, viewer: staff })).data?.replayDeadLetter
}

describe('dead letters', () => {
  it('show staff what failed and why, and leave out what people pay with and where they are', async () => {
    const [orderId] = await giveUpOn(1)
    const { edges, totalCount, pageInfo } = await pageOf()
    expect({ totalCount, ...pageInfo }).toMatchObject({ totalCount: 1, hasNextPage: false })
    expect(edges[0]?.node).toMatchObject({
      consumer: 'clumsy',
      subject: 'payments.CapturePayment',
      attempts: 1,
      error: 'no account for [redacted] with [redacted]',
    })
    const payload: unknown = JSON.parse(edges[0]?.node.payload ?? '')
    expect(payload).toMatchObject({
      specversion: '1.0',
      subject: orderId,
      data: { orderId, amount: { amount: 1250, currency: 'GBP' }, paymentMethodToken: '[redacted]' },
    })
  })

  it('come in pages, newest first, that hold still while more are added', async () => {
    await giveUpOn(3)
    const all = await pageOf()
    const first = await pageOf({ first: 2 })
    await giveUpOn(1)
    const second = await pageOf({ first: 2, after: first.pageInfo.endCursor })
    expect(first.pageInfo.hasNextPage).toBe(true)
    expect(second.pageInfo.hasNextPage).toBe(false)
    const ids = [...first.edges, ...second.edges].map(({ node }) => node.id)
    expect(ids).toEqual(all.edges.map(({ node }) => node.id))
    expect(second.totalCount).toBe(4)
  })

  it.each([{ first: 0 }, { first: 101 }, { after: 'nonsense' }, { after: 'WzFd' }])(
    'are refused on a bad page: %j',
    async (variables) => {
      const { errors } = await harness.ask('operations', { query: list, variables, viewer: staff })
      expect(errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['deadLetters'] }])
    },
  )
})

describe('replaying', () => {
  it('hands the message to its consumer once more', async () => {
    const [orderId] = await giveUpOn(1)
    const [edge] = (await pageOf()).edges
    const handled: unknown[] = []
    handle = async (messages) => {
      handled.push(...messages.map(({ subject }) => subject))
    }
    expect(await replay(edge?.node.id ?? '')).toBe(true)
    await consumer.caughtUp()
    expect(handled).toEqual([orderId])
    expect((await pageOf()).totalCount).toBe(0)
  })

  it.each([newUuid(), 'nonsense'])('does nothing for an unknown id', async (id) => {
    expect(await replay(id)).toBe(false)
  })
})

describe('whoever is not staff', () => {
  const shopper: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER'] }
  const others: [Viewer, string][] = [
    [shopper, 'FORBIDDEN'],
    [{ kind: 'guest', id: newUuid() }, 'UNAUTHENTICATED'],
    [visitor, 'UNAUTHENTICATED'],
  ]

  it.each(others)('sees no dead letter, and replays none: %j', async (viewer, code) => {
    await giveUpOn(1)
    const seen = await harness.ask('operations', { query: list, viewer })
    expect(seen).toMatchObject({ data: null, errors: [{ code, path: ['deadLetters'] }] })
    const [letter] = await harness.bus.deadLetters({ first: 1 })
    const query = 'mutation ($id: ID!) { replayDeadLetter(id: $id) }'
    const replayed = await harness.ask('operations', { query, variables: { id: letter?.id }, viewer })
    expect(replayed.errors).toMatchObject([{ code }])
    expect(await harness.bus.countDeadLetters()).toBe(1)
  })
})
