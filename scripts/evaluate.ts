/**
 * How well recommendations foresee what real shoppers did, through the graph: `npm run evaluate`. Prints it for each way on
 * its own and for what is served, writes it into `docs/recommendations.md` with a picture, and fails where what is served
 * falls under the floor of `evaluate/floor.ts`. `-- --validation` tries the window on which things are chosen, and writes
 * nothing. `-- --causes` tries what was served before, one cause of its loss at a time, and writes that table alone.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { causes } from './evaluate/causes.ts'
import { evaluate, whole, windows } from './evaluate/evaluation.ts'
import { floors, underFloor } from './evaluate/floor.ts'
import { plotOf } from './evaluate/plot.ts'
import { causesTable, tablesOf, withTables } from './evaluate/report.ts'

const { values: options } = parseArgs({
  options: { validation: { type: 'boolean', default: false }, causes: { type: 'boolean', default: false } },
})
const docs = join(import.meta.dirname, '..', 'docs')
const file = join(docs, 'recommendations.md')

if (options.causes) {
  const table = causesTable(await causes())
  console.log(table)
  await writeTables('causes', table)
} else await evaluateAll()

async function evaluateAll(): Promise<void> {
  const begun = performance.now()
  const tell = (step: string) => console.error(`${((performance.now() - begun) / 1_000).toFixed(0)} s: ${step}`)
  const results = await evaluate({ ...(options.validation ? windows.validation : windows.test), ...whole }, tell)
  const tables = tablesOf(results)
  console.log(tables)
  if (options.validation) return
  await writeTables('figures', tables)
  await writeFile(join(docs, 'recommendations.svg'), plotOf(results))
  const under = underFloor(results, floors.whole)
  for (const complaint of under) console.error(complaint)
  process.exitCode = under.length === 0 ? 0 : 1
}

async function writeTables(place: 'figures' | 'causes', tables: string): Promise<void> {
  await writeFile(file, withTables(await readFile(file, 'utf8'), place, tables))
}
