import { expect, it } from 'vitest'

import { evaluate, quick, windows } from '../../scripts/evaluate/evaluation.ts'
import { floors, underFloor } from '../../scripts/evaluate/floor.ts'

it('what is served foresees at least as much of what shoppers took as it did', { timeout: 300_000 }, async () => {
  const results = await evaluate({ ...windows.test, ...quick })
  expect(results.map(({ surface }) => surface)).toEqual(['page', 'cart', 'home'])
  expect(underFloor(results, floors.quick)).toEqual([])
})
