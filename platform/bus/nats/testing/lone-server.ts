import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { startNats } from '../../../../scripts/servers/nats.ts'
import { testContracts } from '../../../../tests/contracts/bus-support.ts'
import { fastestFolder } from '../../../../tests/support/fast-folder.ts'
import { newUuid } from '../../../ids.ts'
import { createLogger } from '../../../telemetry/logging.ts'
import { connectParts, type BusParts } from '../parts.ts'
import { declareStreams } from '../streams/declare.ts'

export interface LoneServer {
  readonly parts: BusParts
  /** When it resolves, the server is there again, on the same folder and port, and connected to. */
  killAndRestart(): Promise<void>
  stop(): Promise<void>
}

/** A server with the streams of the bus, of which no bus consumes. @param retryPauses milliseconds; the usual ones unless given */
export async function startLoneServer(retryPauses?: readonly number[]): Promise<LoneServer> {
  const folder = await mkdtemp(join(await fastestFolder(), 'souk-nats-'))
  let server = await startNats({ folder })
  const log = createLogger('silent')
  const parts = await connectParts({ servers: server.url, contracts: testContracts, newId: newUuid, log, retryPauses })
  await declareStreams(parts.manager, 1)
  return {
    parts,
    async killAndRestart() {
      const isBack = new Promise<void>((resolve) => {
        const stopListening = parts.onReconnect(() => {
          stopListening()
          resolve()
        })
      })
      await server.kill()
      server = await startNats({ folder, port: server.port })
      await isBack
    },
    async stop() {
      await parts.connection.close()
      await server.stop()
      await rm(folder, { recursive: true })
    },
  }
}
