/**
 * How fast the bus is, on NATS and on PostgreSQL: publishing, consuming, and how long a message takes from one process to
 * another. Both write through to the same disk, NATS each message and PostgreSQL each batch.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startPostgres } from '../../embedded/postgres/supervisor.ts'
import { natsBus } from '../../platform/bus/nats/bus.ts'
import { postgresBus } from '../../platform/bus/postgres/bus.ts'
import { newUuid } from '../../platform/ids.ts'
import type { Bus, Subscription } from '../../platform/messaging/bus.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { startNats } from '../../scripts/servers/nats.ts'
import { collector, message, testContracts } from '../contracts/bus-support.ts'

const count = 4_000
const batch = 100
const pings = 200

const log = createLogger('warn')
const folder = await mkdtemp(join(tmpdir(), 'souk-bench-'))

// PostgreSQL's user, another than ours when we are root, must get through.
await chmod(folder, 0o711)

const nats = await startNats({ folder: join(folder, 'nats') })
await measure('NATS', () => natsBus({ servers: nats.url, contracts: testContracts, newId: newUuid, log }))
await nats.stop()

const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log, durable: true })
const connection = postgres.connect('postgres')
await measure('PostgreSQL', () => postgresBus({ connection, newId: newUuid, log }))
await postgres.stop()
await rm(folder, { recursive: true, force: true })

async function measure(name: string, open: () => Promise<Bus>): Promise<void> {
  const [publisher, consumer] = await Promise.all([open(), open()])
  const messages = Array.from({ length: count }, (_value, number) => message('test.Event', `key ${number % 500}`))
  const published = await rate(async () => {
    for (let start = 0; start < count; start += batch)
      await publisher.publish('log', messages.slice(start, start + batch))
  })
  const seen = collector()
  let subscription: Subscription | undefined
  const consumed = await rate(async () => {
    subscription = await consumer.consume({
      name: 'bench',
      types: ['test.Event'],
      handle: async (all) => seen.add(...all),
    })
    await seen.reached(count)
  })
  const times: number[] = []
  for (let ping = 1; ping <= pings; ping += 1) {
    const start = performance.now()
    await publisher.publish('log', [message('test.Event', `ping ${ping}`)])
    await seen.reached(count + ping)
    times.push(performance.now() - start)
  }
  times.sort((left, right) => left - right)
  const at = (part: number) => (times[Math.floor(times.length * part)] ?? 0).toFixed(1)
  console.log(
    `${name}: publishes ${published} a second in batches of ${batch}, one consumer handles ${consumed} a second, ` +
      `from publish to handler median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
  )
  await subscription?.stop()
  await Promise.all([publisher.stop(), consumer.stop()])
}

async function rate(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return Math.round((count / (performance.now() - start)) * 1_000)
}
