import { z } from 'zod'

import { auditOf, type Finding } from '../../audit/audit.ts'
import { auditedOver } from '../../distributed/audited.ts'
import { areCartsOnRedis, assertProductsThere, productsOnMongodb } from '../../embedded/elsewhere.ts'
import { whatIsSeeded } from '../../embedded/seeded.ts'
import { StartError } from '../../embedded/start-error.ts'
import { openStores } from '../../embedded/stores.ts'
import { parseConfig, type Environment } from '../../platform/config.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { Stack } from '../../platform/work/stack.ts'

const storesConfig = z.object({ ...mongodbConfig.shape, ...redisConfig.shape })

/** The laws over the shop of a data folder, running or not. @throws StartError when there is none, or part of it elsewhere */
export async function auditFolder(dataDir: string, environment: Environment): Promise<Finding[]> {
  if ((await whatIsSeeded(dataDir)) === undefined) {
    throw new StartError(`There is no shop in ${dataDir} to audit.`, {
      cure: 'Run `npm start` first, or name its folder by SOUK_DATA_DIR.',
    })
  }
  const elsewhere = await storesElsewhere(dataDir, environment)
  const stack = new Stack()
  try {
    const { stores, close } = await openStores(dataDir)
    stack.onStop(close)
    const parts = { environment: elsewhere, log: createLogger('warn'), stack }
    return await auditOf(await auditedOver(stores, parts))
  } finally {
    await stack.stop()
  }
}

/** The stores of another kind that a part of the shop lies in: PostgreSQL has what it left there. @throws StartError */
async function storesElsewhere(dataDir: string, environment: Environment): Promise<Environment> {
  const { MONGODB_URL, REDIS_URL } = parseConfig(storesConfig, environment)
  const haveMoved = (await productsOnMongodb(dataDir)) !== undefined
  await assertProductsThere(dataDir, MONGODB_URL, 'Set MONGODB_URL to it: MONGODB_URL=... npm run audit.')
  const onRedis = areCartsOnRedis(dataDir)
  if (onRedis && REDIS_URL === undefined) {
    throw new StartError(`The carts of ${dataDir} are on the Redis of npm run extract -- cart --redis.`, {
      cure: 'Set REDIS_URL to the address that it has printed; where it does not run any more, run it again.',
    })
  }
  return {
    ...environment,
    MONGODB_URL: haveMoved ? MONGODB_URL : undefined,
    REDIS_URL: onRedis ? REDIS_URL : undefined,
    // The bus is in the data folder always.
    NATS_URL: undefined,
  }
}
