import { expect, it } from 'vitest'

import { readyAnswer } from './ready-answer.ts'

it('remembers how it was compressed for what browsers accept, and nothing by what a client makes long', () => {
  const answer = readyAnswer({ body: Buffer.from('{}'), expiry: performance.now() + 1_000 })
  const long = `br, ${'a'.repeat(200)}`
  for (const accepted of [long, 'gzip, deflate, br, zstd']) {
    answer.remember(accepted, { encoding: 'br', bytes: Buffer.from(accepted) })
  }
  expect(answer.sentTo(long)).toBeUndefined()
  expect(answer.sentTo('gzip, deflate, br, zstd')?.encoding).toBe('br')
})
