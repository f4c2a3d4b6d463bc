import cluster from 'node:cluster'

import type { Started } from '../../platform/process/life.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { readGatewayProcessConfig } from './config.ts'
import { startGateway } from './start.ts'
import { reportReady } from './worker-pool.ts'
import { startWorkers } from './workers.ts'

/** Starts the gateway in this process, or in as many others as `WORKERS` says. @throws ConfigError */
export async function runGateway(args: readonly string[]): Promise<Started> {
  const { WORKERS: count, LOG_LEVEL, REDIS_URL } = readGatewayProcessConfig()
  if (cluster.isPrimary && count !== undefined) {
    const log = createLogger(LOG_LEVEL).child({ process: 'gateway' })
    if (REDIS_URL === undefined && count > 1)
      log.warn(`without REDIS_URL each of ${count} workers limits rates by itself`)
    return startWorkers({ count, log })
  }
  const gateway = await startGateway(undefined, args)
  void gateway.warm.then(reportReady)
  return gateway
}
