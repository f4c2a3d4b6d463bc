/**
 * Moves a subgraph from PostgreSQL to its store of another driver, while the shop serves: `npm run move-store -- products`.
 * From where: PRODUCTS_DATABASE_URL, else the data folder. To where: MONGODB_URL. Of cart, which moves by itself when it
 * starts with REDIS_URL, this compares both sides. Exit code 1 while the two differ.
 */
import { environmentOf } from '../distributed/environment.ts'
import { databaseOf } from '../embedded/composition/compose.ts'
import { databaseName } from '../embedded/composition/names.ts'
import { readConfig } from '../embedded/config.ts'
import { whatIsSeeded } from '../embedded/seeded.ts'
import { openDatabases } from '../embedded/stores.ts'
import { systemClock } from '../platform/clock.ts'
import { outboxSize } from '../platform/postgres/messaging/outbox-size.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { move } from './move/move.ts'
import { moves } from './move/moves.ts'
import { isComplete, report } from './move/report.ts'

const [subgraph = ''] = process.argv.slice(2)
const open = moves[subgraph]
if (open === undefined) {
  console.error(`npm run move-store -- <subgraph>: one of ${Object.keys(moves).join(', ')}`)
  process.exit(1)
}

const dataDir = readConfig().SOUK_DATA_DIR
const given = environmentOf(subgraph, process.env).DATABASE_URL
if (given === undefined && (await whatIsSeeded(dataDir)) === undefined) {
  console.error(`There is no shop in ${dataDir}, and no ${subgraph.toUpperCase()}_DATABASE_URL is set.`)
  process.exit(1)
}
const source =
  given === undefined
    ? await openDatabases(dataDir)
    : { connect: () => ({ connectionString: given }), close: () => Promise.resolve() }
const database = databaseOf({
  name: subgraph,
  connection: source.connect(databaseName(subgraph)),
  clock: systemClock,
  log: createLogger('warn'),
})
try {
  const { movables, close } = await open(database, process.env)
  const comparisons = await move(movables, (line) => console.log(`${subgraph}: ${line}`))
  const outcome = { subgraph, comparisons, unpublished: await outboxSize(database) }
  console.log(report(outcome))
  if (!isComplete(outcome)) process.exitCode = 1
  await close()
} finally {
  await database.close()
  await source.close()
}
