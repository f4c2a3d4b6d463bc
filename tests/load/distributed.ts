/**
 * Measures a distributed Souk of its own: `npm run load:distributed`. Exit code 1 when a target is missed. Not part of the
 * tests: a busy machine would fail them for no fault of the code.
 */
import { readFile, rm } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pass } from 'node:timers/promises'

import { startDistributed, type Distributed, type DistributedOptions } from '../../scripts/distributed/start.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { measureCheckout } from './checkout.ts'
import { signUp } from '../support/shopper.ts'
import { judge } from './judged.ts'
import { measureProductById } from './product-by-id.ts'

/** Megabytes. */
const memoryTarget = 150
/** Milliseconds. */
const startTarget = 30_000
/** Milliseconds after the start in which memory is looked at, and how often. */
const quietFor = 120_000
const lookEvery = 2_000

const folder = await temporaryDataDir()

type Kind = DistributedOptions['kind']

function start(kind: Kind): Promise<Distributed> {
  return startDistributed({
    folder: join(folder, kind),
    kind,
    replicas: 1,
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
    say,
    step: (_what, work) => work(),
  })
}

/** The first start fills the shop; what is measured is one that is there. */
async function measured(kind: Kind, measure: (souk: Distributed) => Promise<void>): Promise<void> {
  await (await start(kind)).stop()
  const begun = performance.now()
  const souk = await start(kind)
  const ready = performance.now() - begun
  try {
    souk.described.forEach(say)
    report(ready <= startTarget, `ready after ${(ready / 1_000).toFixed(1)} s (target ${startTarget / 1_000})`)
    await measure(souk)
  } finally {
    await souk.stop()
  }
}

function report(isMet: boolean, what: string): void {
  process.stdout.write(`${isMet ? 'met   ' : 'MISSED'}  ${what}\n`)
  if (!isMet) process.exitCode = 1
}

/** Megabytes that each process holds, time after time while nobody asks for anything. */
async function measureMemory({ processes }: Distributed): Promise<Map<string, number[]>> {
  const held = new Map<string, number[]>([...processes.keys()].map((name) => [name, []]))
  for (const until = performance.now() + quietFor; performance.now() < until;) {
    await pass(lookEvery)
    for (const [name, kept] of processes) {
      const status = await readFile(`/proc/${kept.current().pid}/status`, 'utf8')
      held.get(name)?.push(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_024)
    }
  }
  return held
}

/** At rest a process holds the least; more, as long as what its start has left is not collected, and while recommendations train. */
async function judgeMemory(souk: Distributed): Promise<void> {
  for (const [name, megabytes] of await measureMemory(souk)) {
    const isOurs = /^[a-z]/.test(name)
    const [rest, most] = [Math.min(...megabytes), Math.max(...megabytes)]
    const what = `${name} holds ${rest.toFixed(0)} MB at rest, and ${most.toFixed(0)} at the most`
    report(!isOurs || name === 'gateway' || rest <= memoryTarget, what)
  }
}

async function judgeProductById({ url }: Distributed, store: string): Promise<void> {
  const full = await measureProductById(url)
  const what = `product by id on ${store}, fifty at a time without rest (${full.perSecond.toFixed(0)} a second)`
  judge(what, full.taken, { median: 25, p95: 25 })
  const { token } = await signUp(url)
  const asMember = await measureProductById(url, token === undefined ? {} : { token })
  const fetched = `product by id on ${store}, fetched for each of fifty members without rest (${asMember.perSecond.toFixed(0)} a second)`
  judge(fetched, asMember.taken, { median: 25, p95: 25 })
  const calm = await measureProductById(url, { rest: 500 })
  const calmly = `product by id on ${store}, fifty who look at each for half a second (${calm.perSecond.toFixed(0)} a second)`
  judge(calmly, calm.taken, { median: 25, p95: 25 })
}

function say(line: string): void {
  process.stdout.write(`        ${line}\n`)
}

try {
  say(
    `${availableParallelism()} cores, the client's too; load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  )
  await measured('each its own', async (souk) => {
    await judgeMemory(souk)
    await judgeProductById(souk, 'what stands for MongoDB')
    judge('placeOrder to CONFIRMED, ten at a time', await measureCheckout(souk.url), { median: 250, p95: 600 })
  })
  say(
    'A figure of what stands in for MongoDB is its own: it answers one request at a time. PostgreSQL is for comparison.',
  )
  await measured('postgres', (souk) => judgeProductById(souk, 'PostgreSQL'))
} finally {
  await rm(folder, { recursive: true, force: true })
}
