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
