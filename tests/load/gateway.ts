/**
 * What answering costs the gateway: a process of its own with all its policies, asked over HTTP by members, in front of subgraphs whose answers
 * are canned, beside Apollo's gateway in its place, in one run. `npm run bench:gateway`; prints, and judges nothing. `BENCH_ONLY=WebCart,Heavy`
 * asks for some operations alone. Not part of the tests.
 */
import { measure, start, type Measured, type Started } from './gateway/asking.ts'
import { measuredOperations, type Operation } from './gateway/operations.ts'

const only = process.env.BENCH_ONLY?.split(',')
const atOnce = 50
const rounds = 5

function print(name: string, figures: readonly string[]): void {
  process.stdout.write(`${name.padEnd(32)} ${figures.map((figure) => figure.padStart(9)).join(' ')}\n`)
}

function printMeasured(name: string, { cpu, perSecond, p50, p99, memory }: Measured): void {
  print(name, [
    microseconds(cpu),
    `${perSecond.toFixed(0)}/s`,
    `${p50.toFixed(1)} ms`,
    `${p99.toFixed(1)} ms`,
    `${(memory / 1_048_576).toFixed(0)} MiB`,
  ])
}

function microseconds(cpu: number): string {
  return `${cpu.toFixed(0)} us`
}

const isHeavy = ({ operationName }: Operation) => operationName === 'Heavy'

interface Asked {
  readonly gateway: Started
  readonly operation: Operation
  readonly by?: 'members' | 'visitors'
  /** Of a usual page, in each round; of the heavy one it is an eighth. */
  readonly times?: number
}

/**
 * Asks all of them by turns, since the host is twice as fast in some minutes as in others: each has the medians of its rounds.
 * All are warmed up by as many requests.
 */
async function measuredInTurns(all: readonly Asked[]): Promise<Measured[]> {
  const measureOnce = ({ gateway, operation, by = 'members' }: Asked, warmUp: number, measured: number) =>
    measure(gateway, operation, { by, atOnce, warmUp, measured })
  for (const one of all) await measureOnce(one, isHeavy(one.operation) ? 300 : 4_000, 1)
  const found = all.map((): Measured[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, one] of all.entries()) {
      const { operation, times = 800 } = one
      // Its connections are made before.
      found[place]?.push(await measureOnce(one, 2 * atOnce, isHeavy(operation) ? times / 8 : times))
    }
  }
  return found.map(mediansOf)
}

function mediansOf(found: readonly Measured[]): Measured {
  const of = (read: (measured: Measured) => number) => median(found.map(read))
  return {
    cpu: of(({ cpu }) => cpu),
    perSecond: of(({ perSecond }) => perSecond),
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    memory: of(({ memory }) => memory),
    bytes: of(({ bytes }) => bytes),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN
}

/** The same in one process, where subgraphs are called and nothing is HTTP. */
async function printWithin(operation: Operation): Promise<void> {
  const engines = [await start('within.ts', ['own'], shipped), await start('within.ts', ['stock'])]
  const costs = engines.map((): number[] => [])
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [place, engine] of engines.entries()) {
      const times = isHeavy(operation) ? 60 : 600
      const cost = Number(await engine.ask({ operation, times: place === 0 || round === 0 ? times : times / 4 }))
      if (round > 0) costs[place]?.push(cost)
    }
  }
  const [ours = Number.NaN, theirs = Number.NaN] = costs.map(median)
  print('  in one process', [microseconds(ours)])
  print(`    Apollo, ${(theirs / ours).toFixed(1)} times`, [microseconds(theirs)])
  for (const engine of engines) engine.stop()
}

const canned = await start('canned.ts')
const candidate = (kind: string, options?: readonly string[]) => start('candidate.ts', [kind, canned.url], options)
/** As the launcher, Docker compose and the chart start the gateway. */
const shipped = ['--max-semi-space-size=64']
const [own, keeping, stock] = [
  await candidate('own', shipped),
  await candidate('keeping', shipped),
  await candidate('stock'),
]
print(`${atOnce} connections`, ['CPU', 'answers', 'p50', 'p99', 'memory'])
for (const [place, operation] of measuredOperations().entries()) {
  const { operationName } = operation
  if (only?.includes(operationName) === false) continue
  const floor = await start('floor.ts', [canned.url, operationName], shipped)
  const rows: Asked[] = [
    { gateway: own, operation },
    { gateway: stock, operation, times: 200 },
    { gateway: floor, operation },
  ]
  if (place === 0) {
    rows.push({ gateway: own, operation, by: 'visitors' }, { gateway: keeping, operation, by: 'visitors' })
  }
  const [ours, theirs, alone, together, kept] = await measuredInTurns(rows)
  if (ours === undefined || theirs === undefined || alone === undefined) throw new Error('nothing was measured')
  printMeasured(`${operationName}, ${(ours.bytes / 1_000).toFixed(1)} KB`, ours)
  printMeasured(`  Apollo, ${(theirs.cpu / ours.cpu).toFixed(1)} times`, theirs)
  printMeasured('  HTTP and JSON alone', alone)
  if (together !== undefined) printMeasured('  of visitors, at the same time', together)
  if (kept !== undefined) printMeasured('  from what is kept', kept)
  floor.stop()
  await printWithin(operation)
}
for (const started of [own, keeping, stock, canned]) started.stop()
