import { describe, expect, it } from 'vitest'

import { StartError } from '../../embedded/start-error.ts'
import { readSettings } from './settings.ts'

describe('what a distributed shop is asked for', () => {
  it('is one of each, each on a store of its own, on the usual ports', () => {
    const { folder, ...rest } = readSettings([], {})
    expect(folder).toMatch(/\.souk-distributed$/)
    expect(rest).toEqual({ port: 4_000, replicas: 1, kind: 'each its own' })
  })

  it('may be more of each, on PostgreSQL, elsewhere, on free ports', () => {
    const given = { SOUK_DISTRIBUTED_DIR: '/elsewhere', PORT: '0' }
    expect(readSettings(['--replicas', '2', '--postgres'], given)).toEqual({
      ...{ folder: '/elsewhere', replicas: 2, kind: 'postgres' },
    })
  })

  it.each<[words: string[], given: Record<string, string>, message: string]>([
    [['--replica', '2'], {}, '--replica 2 is not understood.'],
    [['--help'], {}, '--help is not understood.'],
    [['foo'], {}, 'foo is not understood.'],
    [['--replicas'], {}, '--replicas is not understood.'],
    [['--replicas', 'two'], {}, '--replicas is two, and has to be a number from 1 to 9.'],
    [['--replicas=-1'], {}, '--replicas is -1, and has to be a number from 1 to 9.'],
    [['--replicas', '0'], {}, '--replicas is 0, and has to be a number from 1 to 9.'],
    [['--replicas', '1.5'], {}, '--replicas is 1.5, and has to be a number from 1 to 9.'],
    [['--replicas', '10'], {}, '--replicas is 10, and has to be a number from 1 to 9.'],
    [[], { PORT: 'abc' }, 'PORT is abc, and has to be a number up to 65535; 0 takes free ones.'],
    [[], { PORT: '70000' }, 'PORT is 70000, and has to be a number up to 65535; 0 takes free ones.'],
    [[], { PORT: '-1' }, 'PORT is -1, and has to be a number up to 65535; 0 takes free ones.'],
  ])('%j with %j is refused', (words, given, message) => {
    const refusal = (): unknown => {
      try {
        return readSettings(words, given)
      } catch (thrown) {
        return thrown
      }
    }
    expect(refusal()).toBeInstanceOf(StartError)
    expect(refusal()).toMatchObject({ message })
  })
})
