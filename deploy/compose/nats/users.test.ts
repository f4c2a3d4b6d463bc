import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect, type NatsConnection } from 'nats'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { natsBus } from '../../../platform/bus/nats/bus.ts'
import { inboxOf } from '../../../platform/bus/nats/connection.ts'
import { newUuid } from '../../../platform/ids.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { freePort } from '../../../scripts/servers/free-port.ts'
import { natsProgram } from '../../../scripts/servers/nats.ts'
import { startServer, type ServerProcess } from '../../../scripts/servers/server-process.ts'
import { whereInstalled } from '../../../tests/support/where-installed.ts'
import { secretFiles } from '../secret-files.ts'

const password = (of: string) => of.replaceAll(' ', '-')
const parts = ['cart', 'orders'].map((name, place) => ({ name, port: 4001 + place }))

await whereInstalled(natsProgram, () => {
  let folder: string
  let server: ServerProcess
  let port: number

  /** As the container has it: the configuration in one folder of the root, the secrets in another. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-nats-'))
    port = await freePort()
    const secrets = join(folder, 'run', 'secrets', 'of', 'nats')
    await mkdir(secrets, { recursive: true })
    await mkdir(join(folder, 'deploy'))
    await writeFile(join(secrets, 'users.conf'), secretFiles(parts, password).nats?.files['users.conf'] ?? '')
    const configuration = await readFile(join(import.meta.dirname, 'nats.conf'), 'utf8')
    const here = configuration.replace('0.0.0.0:4222', `127.0.0.1:${port}`).replace('/data', join(folder, 'data'))
    await writeFile(
      join(folder, 'deploy', 'nats.conf'),
      here.replace('127.0.0.1:8222', `127.0.0.1:${await freePort()}`),
    )
    server = await startServer({
      name: 'nats-server',
      command: await natsProgram(),
      args: ['--config', join(folder, 'deploy', 'nats.conf')],
      isReady: async () => {
        await (await as('cart')).close()
        return true
      },
    })
  })

  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true })
  })

  function as(user: string, pass = password(`nats ${user}`)): Promise<NatsConnection> {
    return connect({ servers: `127.0.0.1:${port}`, user, pass, inboxPrefix: inboxOf(user), reconnect: false })
  }

  test('a part opens the bus with its own user', async () => {
    const servers = `nats://orders:${password('nats orders')}@127.0.0.1:${port}`
    const bus = await natsBus({ servers, contracts: [], newId: newUuid, log: createLogger('error') })
    expect(await bus.ready()).toBe(true)
    await bus.stop()
  })

  test('nobody comes in without a password, or with that of another', async () => {
    await expect(connect({ servers: `127.0.0.1:${port}`, reconnect: false })).rejects.toThrow(/authorization/i)
    await expect(as('cart', password('nats orders'))).rejects.toThrow(/authorization/i)
  })

  test('nobody listens to what is answered to another', async () => {
    const cart = await as('cart')
    const listening = cart.subscribe(`${inboxOf('orders')}.>`)
    await expect(listening.closed.then(() => 'closed')).resolves.toBe('closed')
    await cart.close()
  })
})
