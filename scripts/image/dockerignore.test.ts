import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readDockerignore } from './dockerignore.ts'

const isIgnored = readDockerignore(`
# What stays out
node_modules
clients/graphiql/dist
**/*.test.ts
**/testing
**/README.md
!data/README.md
`)

describe('a path of the repository', () => {
  it.each([
    'node_modules',
    'node_modules/pg/index.js',
    'clients/graphiql/dist/index.html',
    'pictures.test.ts',
    'gateway/gateway.test.ts',
    'gateway/testing',
    'gateway/testing/bare-gateway.ts',
    'README.md',
    'gateway/README.md',
  ])('stays out: %s', (path) => {
    expect(isIgnored(path)).toBe(true)
  })

  it.each([
    'subgraphs/node_modules',
    'clients/graphiql/distance.ts',
    'gateway/gateway.ts',
    'gateway/testing.ts',
    'data/README.md',
    'data/README.md.gz',
  ])('goes in: %s', (path) => {
    expect(isIgnored(path)).toBe(false)
  })
})

describe('the file of this repository', () => {
  it('keeps out what Git leaves out: it is made here, and may hold what people have ordered', async () => {
    const root = join(import.meta.dirname, '..', '..')
    const read = (file: string) => readFile(join(root, file), 'utf8')
    const isKeptOut = readDockerignore(await read('.dockerignore'))
    const leftOut = (await read('.gitignore')).split('\n').filter((line) => line !== '')
    expect(leftOut).not.toEqual([])
    const examples = leftOut.map((pattern) => pattern.replace(/\/$/, '').replaceAll('*', 'some'))
    expect(examples.filter((path) => !isKeptOut(path))).toEqual([])
  })
})
