/**
 * What becomes of the gateway's memory when no document is like another: `npm run bench:documents` sends new ones to a gateway as a
 * process, in front of canned subgraphs, and prints each minute what it has taken. `BENCH_MINUTES` says for how long. Judges nothing.
 */
import { Pool } from 'undici'

import { start } from './gateway/asking.ts'

const minutes = Number(process.env.BENCH_MINUTES ?? 10)
const atOnce = 4
const fields = ['id', 'slug', 'name', 'description', 'status', 'images { url alt }', 'category { slug name }']
const more = 'variants { id sku availability { inStock } } similar(first: 2) { product { slug name } }'

/** Three of four are planned each by itself; the fourth is only written otherwise. */
function document(at: number): string {
  if (at % 4 === 0) return `query Same${at} { product(slug: "one") { id name ${more} } } # ${at}`
  const some = fields.filter((_, field) => ((at >> 2) & (1 << field)) !== 0)
  const alias = `p${at}`
  return `query New${at} { ${alias}: product(slug: "s${at}") { ${some.join(' ')} a${at}: id ${at % 3 === 0 ? more : ''} } }`
}

const canned = await start('canned.ts')
const gateway = await start('candidate.ts', ['own', canned.url], ['--expose-gc'])
const { origin, pathname: path } = new URL(gateway.url)
const pool = new Pool(origin, { connections: atOnce })
const headers = { 'content-type': 'application/json', accept: 'application/json' }
let sent = 0

async function ask(): Promise<void> {
  const body = JSON.stringify({ query: document(sent++) })
  const answer = await pool.request({ method: 'POST', path, headers, body })
  const text = await answer.body.text()
  if (answer.statusCode !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 500))
}

const inMebibytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MiB`.padStart(9)

async function print(minute: number): Promise<void> {
  const { memory, objects } = await gateway.used()
  const figures = [String(sent).padStart(10), inMebibytes(objects), inMebibytes(memory)]
  process.stdout.write(`${String(minute).padStart(6)} ${figures.join(' ')}\n`)
}

process.stdout.write(`minute ${'documents'.padStart(10)} ${'objects'.padStart(9)} ${'memory'.padStart(9)}\n`)
await print(0)
for (let minute = 1; minute <= minutes; minute += 1) {
  const until = performance.now() + 60_000
  const worker = async () => {
    while (performance.now() < until) await ask()
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  await print(minute)
}
await pool.close()
gateway.stop()
canned.stop()
