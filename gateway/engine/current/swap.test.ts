import { readFileSync } from 'node:fs'

import type { ExecutionResult } from 'graphql'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Graph, SubgraphLink } from '../../dependencies.ts'
import type { Gateway } from '../../gateway.ts'
import { UnusableSupergraph } from '../../supergraph.ts'
import { bareGateway } from '../../testing/bare-gateway.ts'

const supergraphSdl = readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8')
/** Nothing else has changed. */
const newer = `${supergraphSdl}\n# newer`
const query = '{ me { id } }'
const named = (id: string): ExecutionResult => ({ data: { me: { id } } })

let gateway: Gateway
let lines: string[]
let answerOld: (answer: ExecutionResult) => void
let asked: Promise<void>

beforeEach(async () => {
  lines = []
  let arrived: () => void
  asked = new Promise((resolve) => (arrived = resolve))
  gateway = await bareGateway({
    // What is under way waits for as long as a swap takes.
    config: { fetchDeadline: 60_000 },
    log: pino({ base: null, level: 'info' }, { write: (line: string) => lines.push(line) }),
    execute() {
      arrived()
      return new Promise((resolve) => (answerOld = resolve))
    },
  })
})

afterEach(() => gateway.close(1_000))

function graph(
  id: string,
  sdl = newer,
): Graph & { readonly released: Promise<void>; readonly isReleased: () => boolean } {
  let isReleased = false
  let onReleased: () => void
  const released = new Promise<void>((resolve) => (onReleased = resolve))
  const link: SubgraphLink = { ready: () => Promise.resolve(true), execute: () => Promise.resolve(named(id)) }
  const names = [...supergraphSdl.matchAll(/@join__graph\(name: "(\w+)"/g)].map(([, name = '']) => name)
  return {
    supergraphSdl: sdl,
    subgraphs: new Map(names.map((name) => [name, link])),
    release() {
      isReleased = true
      onReleased()
      return Promise.resolve()
    },
    released,
    isReleased: () => isReleased,
  }
}

/** The subgraph that answers when it is let. */
function slow() {
  let answer: (with_: ExecutionResult) => void = () => undefined
  let arrived: () => void = () => undefined
  const asked = new Promise<void>((resolve) => (arrived = resolve))
  const link: SubgraphLink = {
    ready: () => Promise.resolve(true),
    execute() {
      arrived()
      return new Promise((resolve) => (answer = resolve))
    },
  }
  return { asked, answer: (one: ExecutionResult) => answer(one), subgraphs: new Map([['users', link]]) }
}

async function ask(text = query) {
  const { body } = await gateway.server.inject({ method: 'POST', url: '/graphql', payload: { query: text } })
  return JSON.parse(body) as unknown
}

async function served() {
  const { body } = await gateway.server.inject({ url: '/readyz' })
  return (JSON.parse(body) as { supergraph: string }).supergraph
}

it('what is under way ends on the old graph, and what comes later is asked of the new one', async () => {
  const before = await served()
  const old = ask()
  await asked
  await gateway.swap(graph('new'))
  expect(await ask()).toEqual(named('new'))
  expect(await served()).not.toBe(before)
  answerOld(named('old'))
  expect(await old).toEqual(named('old'))
})

it('what is changed on the old graph ends what is shared on the new one', async () => {
  const change = ask('mutation { startGuestSession { accessToken } }')
  await asked
  const answers: ((answer: ExecutionResult) => void)[] = []
  const execute = () => new Promise<ExecutionResult>((resolve) => answers.push(resolve))
  const users: SubgraphLink = { ready: () => Promise.resolve(true), execute }
  await gateway.swap({ ...graph('new'), subgraphs: new Map([['users', users]]) })
  const before = ask()
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(1)
  answerOld({ data: null, errors: [] })
  await change
  const after = ask()
  await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(2)
  for (const [at, answer] of answers.entries()) answer(named(`u${at}`))
  expect(await Promise.all([before, after])).toEqual([named('u0'), named('u1')])
})

it('a graph is released with the last request that it serves, and not before', async () => {
  const second = { ...graph('second'), ...slow() }
  await gateway.swap(second)
  const last = ask()
  await second.asked
  await gateway.swap(graph('third', `${newer} still`))
  expect(await ask()).toEqual(named('third'))
  expect(second.isReleased()).toBe(false)
  second.answer(named('second'))
  expect(await last).toEqual(named('second'))
  await second.released
})

it('a swap waits while requests are under way on two former graphs', async () => {
  const old = ask()
  await asked
  const second = { ...graph('second'), ...slow() }
  await gateway.swap(second)
  const later = ask()
  await second.asked
  await gateway.swap(graph('third', `${newer} still`))
  const fourth = gateway.swap(graph('fourth', `${newer} for ever`))
  expect(await ask()).toEqual(named('third'))
  answerOld(named('old'))
  await fourth
  expect(await ask()).toEqual(named('fourth'))
  second.answer(named('second'))
  expect(await Promise.all([old, later])).toEqual([named('old'), named('second')])
})

it('a graph that nothing is asked of any more is released at once', async () => {
  const second = graph('second')
  await gateway.swap(second)
  await gateway.swap(graph('third', `${newer} still`))
  await second.released
})

it('what was asked last is prepared for the new graph before it is served', async () => {
  const first = graph('first')
  await gateway.swap(first)
  await ask()
  await ask('query Two { a: me { id } b: me { id } }')
  lines = []
  await gateway.swap(graph('second', `${newer} still`))
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(logged[0]).toMatchObject({ msg: 'what was asked last is prepared', prepared: 2, failed: 0 })
  expect(logged[1]).toMatchObject({ msg: 'another supergraph is served' })
})

it('what cannot be served changes nothing', async () => {
  const before = await served()
  const torn = graph('torn', supergraphSdl.replace(/^type Money[^}]*}/ms, ''))
  await expect(gateway.swap(torn)).rejects.toBeInstanceOf(UnusableSupergraph)
  const old = ask()
  await asked
  answerOld(named('old'))
  expect(await old).toEqual(named('old'))
  expect(await served()).toBe(before)
})

it('a gateway that closes releases what it serves', async () => {
  const second = graph('second')
  await gateway.swap(second)
  await gateway.close(1_000)
  expect(second.isReleased()).toBe(true)
})
