/**
 * What answering costs the gateway: a process of its own with all its policies, asked over HTTP, in front of subgraphs whose answers
 * are canned, beside Apollo's gateway in its place, in one run. `npm run bench:gateway`; prints, and judges nothing. Not part of the
 * tests.
 */
import { measure, start, type Measured } from './gateway/asking.ts'
import { measuredOperations } from './gateway/operations.ts'

const only = process.env.BENCH_ONLY?.split(',')
const atOnce = 50

function line(name: string, { cpu, perSecond, p50, p99, memory }: Measured): string {
  const figures = [
    `${cpu.toFixed(0)} us`.padStart(9),
    `${perSecond.toFixed(0)}/s`.padStart(8),
    `${p50.toFixed(1)} ms`.padStart(9),
    `${p99.toFixed(1)} ms`.padStart(9),
    `${(memory / 1_048_576).toFixed(0)} MiB`.padStart(9),
  ]
  return `${name.padEnd(30)} ${figures.join(' ')}\n`
}

const canned = await start('canned.ts')
const [own, stock] = await Promise.all(['own', 'stock'].map((kind) => start('candidate.ts', [kind, canned.url])))
if (own === undefined || stock === undefined) throw new Error('both are started')
const heading = ['CPU', 'answers', 'p50', 'p99', 'memory'].map((title) => title.padStart(9)).join(' ')
process.stdout.write(`${`${atOnce} connections`.padEnd(30)} ${heading}\n`)
for (const operation of measuredOperations().filter((each) => only?.includes(each.operationName) ?? true)) {
  const isHeavy = operation.operationName === 'Heavy'
  const ours = await measure(own, operation, { atOnce, warmUp: isHeavy ? 300 : 1_000, measured: isHeavy ? 500 : 3_000 })
  const theirs = await measure(stock, operation, { atOnce, warmUp: 100, measured: isHeavy ? 100 : 400 })
  process.stdout.write(line(`${operation.operationName}, ${(ours.bytes / 1_000).toFixed(1)} KB`, ours))
  process.stdout.write(line(`  Apollo, ${(theirs.cpu / ours.cpu).toFixed(1)} times`, theirs))
}
for (const process of [own, stock, canned]) process.stop()
