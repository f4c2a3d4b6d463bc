import { readdir } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { allContracts } from './all.ts'

test('the list of all contracts has each that is defined, and no type twice', async () => {
  const files = (await readdir(import.meta.dirname)).filter((file) => /^\w+\.ts$/.test(file) && file !== 'all.ts')
  const modules = await Promise.all(files.map((file): Promise<object> => import(new URL(file, import.meta.url).href)))
  const defined = modules.flatMap((module) => Object.values(module)).filter(isContract)
  expect(defined.length).toBeGreaterThan(0)
  expect(new Set(allContracts)).toEqual(new Set(defined))
  expect(new Set(allContracts.map(({ type }) => type)).size).toBe(allContracts.length)
})

function isContract(exported: unknown): boolean {
  return typeof exported === 'object' && exported !== null && 'stream' in exported && 'data' in exported
}
