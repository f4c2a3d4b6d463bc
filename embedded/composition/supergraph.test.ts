import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { committedSupergraph, readConfig } from '../config.ts'
import { readSupergraph, supergraphError } from './supergraph.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-supergraph-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('the supergraph', () => {
  it('is read as it was composed', async () => {
    expect(await readSupergraph(readConfig({}).SOUK_SUPERGRAPH)).toContain('enum join__Graph')
  })

  it('is refused when it is missing', async () => {
    const path = join(folder, 'missing.graphql')
    await expect(readSupergraph(path)).rejects.toThrow(`The supergraph ${path} cannot be used: ENOENT`)
  })

  it('is refused with its cure, which is to compose it where nobody has named another', () => {
    const cureOf = (path: string) => supergraphError(path, new Error('ENOENT')).cure
    expect(cureOf(readConfig({}).SOUK_SUPERGRAPH)).toBe('Bring it back with: npm run compose')
    expect(cureOf('/nope')).toBe(
      `SOUK_SUPERGRAPH names it: correct that, or leave it out, and ${committedSupergraph} is used.`,
    )
  })

  it('is refused when a subgraph is not in it', async () => {
    const path = join(folder, 'other.graphql')
    const others = ['products', 'inventory', 'users', 'orders', 'payments', 'notifications', 'recommendations']
    const values = others.map((name) => `${name.toUpperCase()} @join__graph(name: "${name}", url: "http://${name}")`)
    await writeFile(path, `enum join__Graph { ${values.join(' ')} }`)
    await expect(readSupergraph(path)).rejects.toThrow('cannot be used: it is not composed of cart, operations.')
  })
})
