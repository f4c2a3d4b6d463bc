import type { Started } from '../../platform/process/life.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { inTurn } from './in-turn.ts'
import { workerPool, type WorkerPool } from './worker-pool.ts'

interface Workers {
  /** How many processes share the port. */
  readonly count: number
  readonly log: Logger
}

/**
 * Runs the gateway as several processes that share its port, a connection in one of them. SIGHUP goes to each. At SIGUSR2 all
 * are replaced, one after the other: each by one that is ready before the old one leaves.
 * @throws ConfigError when a worker ends before it is ready
 */
export async function startWorkers({ count, log }: Workers): Promise<Started> {
  const pool = workerPool(log)
  let isStopping = false
  const reloadAll = inTurn(() =>
    reload(pool, log).catch((thrown: unknown) => {
      if (!isStopping) log.error({ err: thrown }, 'the other workers are not replaced')
    }),
  )
  process.on('SIGUSR2', () => void reloadAll())
  process.on('SIGHUP', () => {
    for (const worker of pool.working()) worker.process.kill('SIGHUP')
  })
  await Promise.all(Array.from({ length: count }, () => pool.begin()))
  log.info({ workers: count }, 'ready')
  return {
    log,
    stop() {
      isStopping = true
      return pool.stop()
    },
  }
}

async function reload(pool: WorkerPool, log: Logger): Promise<void> {
  log.info('SIGUSR2: each worker is replaced')
  for (const old of pool.working()) {
    const fresh = await pool.begin()
    // In the place of one that has ended meanwhile there is another already.
    await pool.retire(pool.working().includes(old) ? old : fresh)
  }
  log.info('each worker was replaced')
}
