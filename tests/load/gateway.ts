/**
 * What answering costs the gateway: a process of its own with all its policies, asked over HTTP by members, in front of subgraphs whose answers
 * are canned, beside Apollo's gateway in its place, in one run. `npm run bench:gateway`; prints, and judges nothing. `BENCH_ONLY=WebCart,Heavy`
 * asks for some operations alone. Not part of the tests.
 */
import { measure, start, type Measured, type Started } from './gateway/asking.ts'
import { measuredOperations, type Operation } from './gateway/operations.ts'

const only = process.env.BENCH_ONLY?.split(',')
const atOnce = 50

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

async function asked(
  gateway: Started,
  operation: Operation,
  { by = 'members', measured = 3_000 }: { by?: 'members' | 'visitors'; measured?: number } = {},
): Promise<Measured> {
  const usual = isHeavy(operation) ? { warmUp: 300, measured: Math.ceil(measured / 6) } : { warmUp: 4_000, measured }
  return measure(gateway, operation, { by, atOnce, ...usual })
}

/** The same in one process, where subgraphs are called and nothing is HTTP. */
async function printWithin(operation: Operation): Promise<void> {
  const cost = async (kind: string, times: number) => {
    const engine = await start('within.ts', [kind], kind === 'own' ? shipped : [])
    await engine.ask({ operation, times })
    const cpu = Number(await engine.ask({ operation, times }))
    engine.stop()
    return cpu
  }
  const [ours, theirs] = [
    await cost('own', isHeavy(operation) ? 300 : 3_000),
    await cost('stock', isHeavy(operation) ? 60 : 500),
  ]
  print('  in one process', [microseconds(ours)])
  print(`    Apollo, ${(theirs / ours).toFixed(1)} times`, [microseconds(theirs)])
}

const canned = await start('canned.ts')
const candidate = (kind: string, options?: readonly string[]) => start('candidate.ts', [kind, canned.url], options)
/** As the gateway is started wherever it is a process of its own. */
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
  const ours = await asked(own, operation)
  const theirs = await asked(stock, operation, { measured: isHeavy(operation) ? 600 : 400 })
  printMeasured(`${operationName}, ${(ours.bytes / 1_000).toFixed(1)} KB`, ours)
  printMeasured(`  Apollo, ${(theirs.cpu / ours.cpu).toFixed(1)} times`, theirs)
  const floor = await start('floor.ts', [canned.url, operationName], shipped)
  printMeasured('  HTTP and JSON alone', await asked(floor, operation))
  floor.stop()
  await printWithin(operation)
  if (place > 0) continue
  printMeasured('  of visitors, at the same time', await asked(own, operation, { by: 'visitors' }))
  printMeasured('  from what is kept', await asked(keeping, operation, { by: 'visitors' }))
}
for (const started of [own, keeping, stock, canned]) started.stop()
