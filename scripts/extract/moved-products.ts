import { databaseOf } from '../../embedded/composition/compose.ts'
import { databaseName } from '../../embedded/composition/names.ts'
import { assertProductsThere, noteProductsOnMongodb, productsOnMongodb } from '../../embedded/elsewhere.ts'
import type { EmbeddedPostgres } from '../../embedded/postgres/supervisor.ts'
import { StartError } from '../../embedded/start-error.ts'
import { systemClock } from '../../platform/clock.ts'
import { parseConfig, type Environment } from '../../platform/config.ts'
import { mongodbConfig } from '../../platform/mongodb/config.ts'
import { outboxSize } from '../../platform/postgres/messaging/outbox-size.ts'
import { createLogger } from '../../platform/telemetry/logging.ts'
import { compareAll } from '../move/move.ts'
import { openProductsMove } from '../move/products.ts'
import { isComplete, type Outcome } from '../move/report.ts'

interface MovedParts {
  readonly dataDir: string
  /** Nobody changes products there meanwhile. */
  readonly postgres: EmbeddedPostgres
  /** It names the MongoDB, where there is one. */
  readonly environment: Environment
  step<Result>(what: string, work: () => Promise<Result>): Promise<Result>
}

/**
 * Products are about to run apart: on MongoDB where they have been moved there, which the data folder remembers from now on.
 * @throws StartError when they are not all there, or in another store than the one that they run on
 */
export async function settleWhereProductsAre({ dataDir, postgres, environment, step }: MovedParts): Promise<void> {
  const { MONGODB_URL: url } = parseConfig(mongodbConfig, environment)
  await assertProductsThere(dataDir, url)
  if (url === undefined || (await productsOnMongodb(dataDir)) !== undefined) return
  const outcome = await step('Comparing the products of PostgreSQL and MongoDB', () => compared(postgres, environment))
  if (!isComplete(outcome)) {
    throw new StartError('MONGODB_URL names a MongoDB that has not all products of this shop as they are.', {
      cure: 'Move them first: npm run move-store -- products, with the same MONGODB_URL.',
    })
  }
  await noteProductsOnMongodb(dataDir, url)
}

async function compared(postgres: EmbeddedPostgres, environment: Environment): Promise<Outcome> {
  const connection = postgres.connect(databaseName('products'))
  const database = databaseOf({ name: 'products', connection, clock: systemClock, log: createLogger('error') })
  try {
    const { movables, close } = await openProductsMove(database, environment)
    const comparisons = await compareAll(movables).finally(close)
    return { subgraph: 'products', comparisons, unpublished: await outboxSize(database) }
  } finally {
    await database.close()
  }
}
