/**
 * Measures a distributed Souk of its own: `npm run load:distributed`. Exit code 1 when a target is missed. Not part of the
 * tests: a busy machine would fail them for no fault of the code.
 */
import { readFile, rm } from 'node:fs/promises'

import { startDistributed, type Distributed } from '../../scripts/distributed/start.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { createClient } from '../support/shopping.ts'
import { measureCheckout } from './checkout.ts'
import { judge } from './judged.ts'

const atOnce = 50
const warmUp = 500
const measured = 2_000
/** Megabytes. */
const memoryTarget = 150
/** Milliseconds. */
const startTarget = 30_000

const folder = await temporaryDataDir()

function start(): Promise<Distributed> {
  return startDistributed({
    folder,
    replicas: 1,
    kind: 'each its own',
    durable: true,
    given: process.env,
    settings: {
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      RATE_PER_ADDRESS: '1000000',
      RATE_PER_PERSON: '1000000',
      // What stands in for MongoDB takes seconds for what MongoDB does at once.
      FETCH_DEADLINE_MS: '20000',
      MONGODB_TIMEOUT_MS: '15000',
    },
    signal: new AbortController().signal,
    say: (line) => process.stdout.write(`        ${line}\n`),
    step: (_what, work) => work(),
  })
}

function report(isMet: boolean, what: string): void {
  process.stdout.write(`${isMet ? 'met   ' : 'MISSED'}  ${what}\n`)
  if (!isMet) process.exitCode = 1
}

/** Megabytes that each process of ours holds. */
async function measureMemory({ processes }: Distributed): Promise<Map<string, number>> {
  const held = new Map<string, number>()
  for (const [name, kept] of processes) {
    const status = await readFile(`/proc/${kept.current().pid}/status`, 'utf8')
    held.set(name, Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024)
  }
  return held
}

/** Milliseconds that each took, some at a time. */
async function measureProductById(url: string): Promise<number[]> {
  const client = createClient(url)
  const { data } = await client.send('{ products(first: 50) { edges { node { id } } } }')
  const ids: string[] = data.products.edges.map(({ node }: { node: { id: string } }) => node.id)
  const query = `query ($id: ID!) {
    product(id: $id) { id slug name description variants { id sku name price { amount currency } } }
  }`
  const taken: number[] = []
  let asked = 0
  const asker = async () => {
    while (asked < warmUp + measured) {
      const number = asked++
      const begun = performance.now()
      const answer = await client.send(query, { id: ids[number % ids.length] })
      if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors))
      if (number >= warmUp) taken.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, asker))
  return taken
}

try {
  // The first start fills the shop; what is measured is one that is there.
  await (await start()).stop()
  const begun = performance.now()
  const souk = await start()
  const ready = performance.now() - begun
  try {
    for (const line of souk.described) process.stdout.write(`        ${line}\n`)
    report(ready <= startTarget, `ready after ${(ready / 1_000).toFixed(1)} s (target ${startTarget / 1_000})`)
    for (const [name, megabytes] of await measureMemory(souk)) {
      const isOurs = /^[a-z]/.test(name)
      report(!isOurs || name === 'gateway' || megabytes <= memoryTarget, `${name} holds ${megabytes.toFixed(0)} MB`)
    }
    judge('product by id, fifty at a time', await measureProductById(souk.url), { median: 25, p95: 25 })
    judge('placeOrder to CONFIRMED, ten at a time', await measureCheckout(souk.url), { median: 250, p95: 600 })
  } finally {
    await souk.stop()
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
