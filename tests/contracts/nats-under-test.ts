import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { natsBus } from '../../platform/bus/nats/bus.ts'
import { openBusLaws } from '../../platform/bus/nats/laws.ts'
import type { Bus } from '../../platform/messaging/bus.ts'
import { newUuid } from '../../platform/ids.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { startNats } from '../../scripts/servers/nats.ts'
import { fastestFolder } from '../support/fast-folder.ts'
import { proxyTo, type TcpProxy } from '../support/tcp-proxy.ts'
import type { AuditedBus } from './bus-laws.ts'
import { testContracts, testPauses } from './bus-support.ts'

/** A bus on a server of its own, each of its processes behind a proxy that can be cut. */
export async function natsUnderTest(): Promise<AuditedBus> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
  let server = await startNats({ folder })
  const log = createLogger('silent')
  const ways = new Map<Bus, TcpProxy>()
  return {
    async connect() {
      const way = await proxyTo(server.port)
      const servers = `nats://127.0.0.1:${way.port}`
      const bus = await natsBus({ servers, contracts: testContracts, newId: newUuid, log, retryPauses: testPauses })
      ways.set(bus, way)
      return bus
    },
    async crash(bus) {
      ways.get(bus)?.cut()
      await bus.stop()
    },
    openLaws: () => openBusLaws({ servers: server.url, contracts: testContracts, newId: newUuid, log }),
    async crashServer() {
      await server.kill()
      server = await startNats({ folder, port: server.port })
    },
    async remove() {
      await Promise.all([...ways.values()].map((way) => way.close()))
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
