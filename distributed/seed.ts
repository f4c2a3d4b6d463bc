/**
 * Fills the shop with the demo data, by the configuration that its processes have, and ends. It may run while they do, and
 * again: what is there stays as it is.
 */
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { allContracts } from '../contracts/all.ts'
import { readDemoData, seed } from '../demo/seed.ts'
import { allSettled } from '../demo/settled.ts'
import { parseConfig } from '../platform/config.ts'
import { openBus } from '../platform/process/bus.ts'
import { groundConfig, processEnvironment } from '../platform/process/config.ts'
import { runJob } from '../platform/process/life.ts'
import { untilDone } from '../platform/process/until-done.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { Stack } from '../platform/work/stack.ts'
import { openSubgraphs } from './subgraphs.ts'

const seedConfig = z.object({
  ...groundConfig.shape,
  /** `production`: no demo accounts. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
})

const demoData = fileURLToPath(new URL('../data', import.meta.url))

await runJob('seed', async (signal) => {
  const environment = processEnvironment()
  const config = parseConfig(seedConfig, environment)
  const log = createLogger(config.LOG_LEVEL).child({ job: 'seed' })
  const stack = new Stack()
  const data = await readDemoData(demoData)
  try {
    // The stores may come up later than the job.
    const bus = await untilDone(() => openBus(config, { contracts: allContracts, log }), { log, signal })
    stack.onStop(() => bus.stop())
    const subgraphs = await openSubgraphs({ environment, config, bus, log, stack })
    // A relay that runs in another replica has its turn as long as it has work, and ours waits for it.
    const patiently = (wait: () => Promise<void>) => () => untilDone(wait, { log, signal })
    const products = { ...subgraphs.products, settled: patiently(subgraphs.products.settled) }
    const settled = patiently(() => allSettled(Object.values(subgraphs)))
    const accounts = config.NODE_ENV !== 'production'
    await seed(data, {
      shop: { ...subgraphs, products, settled },
      accounts,
      step(what, work) {
        log.info(what)
        // Whoever started the job by `fork` shows it to a person.
        process.send?.(what)
        return work()
      },
    })
    log.info('done')
  } finally {
    await stack.stop()
  }
})
