import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, type NatsConnection } from 'nats'
import { expect, test } from 'vitest'

import { fastestFolder } from '../../tests/support/fast-folder.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'
import { natsProgram, startNats } from './nats.ts'

await whereInstalled(natsProgram, () => {
  test('nats-server has what it acknowledged after a kill, on the same folder and port', async () => {
    const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
    const first = await startNats({ folder })
    await withClient(first.url, async (client) => {
      await (await client.jetstreamManager()).streams.add({ name: 'KEPT', subjects: ['kept'] })
      await client.jetstream().publish('kept', 'what was said')
    })
    await first.kill()
    const second = await startNats({ folder, port: first.port })
    const kept = await withClient(second.url, async (client) => (await client.jetstreamManager()).streams.info('KEPT'))
    expect(kept.state.messages).toBe(1)
    await second.stop()
    await rm(folder, { recursive: true })
  })
})

async function withClient<Result>(url: string, work: (client: NatsConnection) => Promise<Result>): Promise<Result> {
  const client = await connect({ servers: url })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}
