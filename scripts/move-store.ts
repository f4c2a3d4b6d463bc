/**
 * Moves a subgraph from PostgreSQL to its store of another driver, while the shop serves: `npm run move-store -- products`.
 * From where: PRODUCTS_DATABASE_URL, else the data folder. To where: MONGODB_URL. Of cart, which moves by itself when it
 * starts with REDIS_URL, this compares both sides. Exit code 1 while the two differ.
 */
import { environmentOf } from '../distributed/environment.ts'
import { databaseOf } from '../embedded/composition/compose.ts'
import { databaseName } from '../embedded/composition/names.ts'
import { readConfig } from '../embedded/config.ts'
import { explained } from '../embedded/console/explained.ts'
import { whatIsSeeded } from '../embedded/seeded.ts'
import { StartError } from '../embedded/start-error.ts'
import { openDatabases, type OpenDatabases } from '../embedded/stores.ts'
import { systemClock } from '../platform/clock.ts'
import { asError } from '../platform/errors.ts'
import { outboxSize } from '../platform/postgres/messaging/outbox-size.ts'
import { createLogger } from '../platform/telemetry/logging.ts'
import { Stack } from '../platform/work/stack.ts'
import { move } from './move/move.ts'
import { moves } from './move/moves.ts'
import { isComplete, report } from './move/report.ts'

/** What is to be moved, and how. @throws StartError when it is nothing that can be */
function readMove(words: readonly string[]) {
  const [subgraph = ''] = words
  const open = moves[subgraph]
  if (words.length === 1 && open !== undefined) return { subgraph, open }
  const message = words.length === 0 ? 'no subgraph is named.' : `${words.join(' ')} cannot be moved.`
  const cure = `It is \`npm run move-store -- <subgraph>\`, one of ${Object.keys(moves).join(', ')}.`
  throw new StartError(message, { cure })
}

async function openSource(subgraph: string): Promise<OpenDatabases> {
  const given = environmentOf(subgraph, process.env).DATABASE_URL
  if (given !== undefined) return { connect: () => ({ connectionString: given }), close: () => Promise.resolve() }
  const { SOUK_DATA_DIR: dataDir } = readConfig()
  if ((await whatIsSeeded(dataDir)) !== undefined) return openDatabases(dataDir)
  throw new StartError(`there is no shop in ${dataDir} to move ${subgraph} from.`, {
    cure: `Run npm start once, which fills one, or set ${subgraph.toUpperCase()}_DATABASE_URL to where it is.`,
  })
}

/** Resolves with whether both sides are alike. */
async function run(words: readonly string[]): Promise<boolean> {
  const { subgraph, open } = readMove(words)
  const stack = new Stack()
  try {
    const source = await openSource(subgraph)
    stack.onStop(() => source.close())
    const connection = source.connect(databaseName(subgraph))
    const database = databaseOf({ name: subgraph, connection, clock: systemClock, log: createLogger('error') })
    stack.onStop(() => database.close())
    const { movables, close, unpublished } = await open(database, process.env)
    stack.onStop(close)
    const comparisons = await move(movables, (line) => console.log(`${subgraph}: ${line}`))
    const outcome = {
      ...{ subgraph, comparisons, unpublished: await outboxSize(database) },
      unpublishedInNew: await unpublished?.(),
    }
    console.log(report(outcome))
    return isComplete(outcome)
  } finally {
    await stack.stop()
  }
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1
} catch (thrown) {
  console.error(`Nothing was compared: ${explained(asError(thrown))}`)
  process.exitCode = 1
}
