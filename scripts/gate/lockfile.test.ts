import { describe, expect, it } from 'vitest'

import { lockfileProblems } from './lockfile.ts'

describe('the locked packages', () => {
  it('may be of any age that is safe, and run on the oldest Node', () => {
    const packages = {
      '': { version: '0.1.0' },
      'node_modules/@apollo/gateway': { version: '2.14.4', engines: { node: '>=14.15.0' } },
      'node_modules/left/node_modules/right': { version: '1.0.0', engines: ['node >= 0.4'] },
    }
    expect(lockfileProblems({ packages })).toEqual([])
  })

  it('have no known hole, wherever they are in the tree', () => {
    const packages = { 'node_modules/other/node_modules/@apollo/query-planner': { version: '2.13.1' } }
    expect(lockfileProblems({ packages })).toEqual([expect.stringContaining('@apollo/query-planner 2.13.1')])
  })

  it('want no newer Node', () => {
    const packages = { 'node_modules/listr2': { version: '10.0.0', engines: { node: '>=22.13.0' } } }
    expect(lockfileProblems({ packages })).toEqual([expect.stringContaining('does not run on Node 20.19.0')])
  })

  it('are not bound to one registry', () => {
    const packages = { 'node_modules/pg': { version: '8.23.0', resolved: 'https://registry.test/pg-8.23.0.tgz' } }
    expect(lockfileProblems({ packages })).toEqual([expect.stringContaining('node_modules/pg is bound')])
  })
})
