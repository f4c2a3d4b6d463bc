/**
 * Measures a distributed Souk of its own: `npm run load:distributed`. Exit code 1 when a target is missed. Not part of the
 * tests: a busy machine would fail them for no fault of the code.
 */
import { readFile, rm } from 'node:fs/promises'

import { startDistributed, type Distributed } from '../../scripts/distributed/start.ts'
import { temporaryDataDir } from '../support/data-dir.ts'
import { measureCheckout } from './checkout.ts'
import { judge } from './judged.ts'
import { measureProductById } from './product-by-id.ts'

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
