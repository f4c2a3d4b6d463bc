import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, expect, it } from 'vitest'

import { causes } from '../../scripts/evaluate/causes.ts'
import { evaluate, quick, windows, type Evaluated } from '../../scripts/evaluate/evaluation.ts'
import { floors, underFloor } from '../../scripts/evaluate/floor.ts'
import { causesTable } from '../../scripts/evaluate/report.ts'
import type { ConfigurationName } from '../../subgraphs/recommendations/domain/configurations.ts'

let results: Evaluated[]

beforeAll(async () => {
  results = await evaluate({ ...windows.test, ...quick })
})

/** What a configuration reaches, as if it were what is served. */
function servedAs(name: ConfigurationName): Evaluated[] {
  return results
    .filter(({ configuration }) => configuration === name)
    .map((result) => ({ ...result, configuration: 'served' }))
}

it('what is served foresees at least as much of what shoppers took as it did', () => {
  expect(servedAs('served').map(({ surface }) => surface)).toEqual(['page', 'cart', 'home'])
  expect(underFloor(servedAs('served'), floors.quick)).toEqual([])
})

it('a way that is worse falls under the floor, in every place', () => {
  expect(underFloor(servedAs('shrunk-cosine'), floors.quick)).toHaveLength(3)
})

it('where accuracy was lost is what the document says', async () => {
  const document = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'recommendations.md'), 'utf8')
  const plain = (text: string) => text.replaceAll(/[ -]+/g, ' ')
  expect(plain(document)).toContain(plain(causesTable(await causes())))
})
