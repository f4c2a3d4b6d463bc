import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb'

/** What is asked of a collection, whatever is then done with what is found. */
export interface RecordedQuery {
  readonly collection: string
  readonly filter: Document
  readonly sort?: Document
}

/** Commands that look for nothing. */
const otherCommands = new Set([
  ...['insert', 'getMore', 'killCursors', 'create', 'createIndexes', 'collMod', 'dropDatabase'],
  ...['ping', 'endSessions', 'explain', 'listIndexes'],
])

/** Keeps every query that the client sends from now on. @throws Error at a command that it does not know */
export function recordQueries(client: MongoClient, queries: RecordedQuery[]): void {
  client.on('commandStarted', (event) => queries.push(...queriesOf(event)))
}

function queriesOf({ commandName, command }: CommandStartedEvent): RecordedQuery[] {
  const collection = String(command[commandName])
  const all = (filters: Document[]) => filters.map((filter) => ({ collection, filter }))
  switch (commandName) {
    case 'find':
      return [{ collection, filter: command.filter ?? {}, ...(command.sort && { sort: command.sort }) }]
    case 'aggregate':
      // That of a database is a change stream.
      return collection === '1' ? [] : all([command.pipeline[0]?.$match ?? {}])
    case 'update':
      return all(command.updates.map(({ q }: Document) => q))
    case 'delete':
      return all(command.deletes.map(({ q }: Document) => q))
    case 'findAndModify':
      return all([command.query])
    default:
      if (otherCommands.has(commandName)) return []
      throw new Error(`is ${commandName} a query?`)
  }
}

/** One of each kind: those that differ in their values alone are alike. */
export function distinctQueries(queries: readonly RecordedQuery[]): RecordedQuery[] {
  return [...new Map(queries.map((query) => [shapeOf(query), query])).values()]
}

function shapeOf(value: unknown): string {
  if (value instanceof Date || typeof value !== 'object' || value === null) return typeof value
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join()}]`
  // A variant's level has its id for a name.
  const entries = Object.entries(value).map(([name, inner]) => `${name}:${shapeOf(inner)}`)
  return `{${entries.join()}}`
}

/** Whether the server would find it by an index, and not by looking at every document. */
export async function isIndexed(db: Db, { collection, filter, sort }: RecordedQuery): Promise<boolean> {
  const question = { find: collection, filter, ...(sort && { sort }) }
  const { queryPlanner, serverInfo } = await db.command({ explain: question, verbosity: 'queryPlanner' })
  if (!stagesOf(queryPlanner.winningPlan).includes('COLLSCAN')) return true
  return serverInfo.host === 'secantus' && (await isIndexedInPart(db, { collection, filter }))
}

/**
 * secantusdb says so only of a query whose every field is in one index, where MongoDB enters an index by one condition and
 * looks at the others in what it finds. So it is asked for each condition alone.
 */
async function isIndexedInPart(db: Db, { collection, filter }: RecordedQuery): Promise<boolean> {
  const conditions = Object.entries(filter)
  if (conditions.length === 1 && filter.$or === undefined) return false
  for (const [field, condition] of conditions) {
    const parts: Document[] = field === '$or' ? condition : [{ [field]: condition }]
    const answers = await Promise.all(parts.map((part) => isIndexed(db, { collection, filter: part })))
    if (answers.every(Boolean)) return true
  }
  return false
}

function stagesOf(plan: Document | undefined): string[] {
  if (plan === undefined) return []
  const inner: Document[] = [plan.inputStage, plan.queryPlan, ...(plan.inputStages ?? [])]
  return [plan.stage, ...inner.flatMap((stage) => stagesOf(stage))].filter((stage) => typeof stage === 'string')
}

/** Whether an index has the documents in this order, once it is entered by what the filter holds equal. */
export async function hasOrder(db: Db, { collection, filter, sort = {} }: RecordedQuery): Promise<boolean> {
  const indexes = await db.collection(collection).indexes()
  const wanted = Object.entries(sort)
  return indexes.some(({ key }) => {
    const order = Object.entries(key).filter(([field]) => typeof filter[field] !== 'string')
    const ways = [1, -1].map((way) => order.slice(0, wanted.length).map(([field, at]) => [field, Number(at) * way]))
    return ways.some((found) => JSON.stringify(found) === JSON.stringify(wanted))
  })
}
