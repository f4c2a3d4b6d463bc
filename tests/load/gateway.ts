/**
 * What answering costs the gateway: a process of its own with all its policies, asked over HTTP, in front of subgraphs whose answers
 * are canned, beside Apollo's gateway in its place, in one run. `npm run bench:gateway`; prints, and judges nothing. `BENCH_ONLY=WebCart,Heavy`
 * asks for some operations alone. Not part of the tests.
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
const candidate = (kind: string) => start('candidate.ts', [kind, canned.url])
const [own, keeping, stock] = [await candidate('own'), await candidate('keeping'), await candidate('stock')]
const heading = ['CPU', 'answers', 'p50', 'p99', 'memory'].map((title) => title.padStart(9)).join(' ')
process.stdout.write(`${`${atOnce} connections`.padEnd(30)} ${heading}\n`)
for (const [place, operation] of measuredOperations().entries()) {
  const { operationName } = operation
  if (only?.includes(operationName) === false) continue
  const isHeavy = operationName === 'Heavy'
  const usual = { atOnce, warmUp: isHeavy ? 300 : 4_000, measured: isHeavy ? 500 : 3_000 }
  const ours = await measure(own, operation, usual)
  const theirs = await measure(stock, operation, { ...usual, measured: isHeavy ? 100 : 400 })
  process.stdout.write(line(`${operationName}, ${(ours.bytes / 1_000).toFixed(1)} KB`, ours))
  process.stdout.write(line(`  Apollo, ${(theirs.cpu / ours.cpu).toFixed(1)} times`, theirs))
  if (place === 0) process.stdout.write(line('  from what is kept', await measure(keeping, operation, usual)))
}
for (const process of [own, keeping, stock, canned]) process.stop()
