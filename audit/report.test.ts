import { expect, it } from 'vitest'

import { report } from './report.ts'

it('a law without anything to check is explained', () => {
  const held = { law: 'every order ends', checked: 7, violations: [] }
  expect(report([held])).toBe('holds   every order ends (7 checked)\nAll 1 laws hold.')
  const lines = report([held, { ...held, checked: 0 }]).split('\n')
  expect(lines).toHaveLength(4)
  expect(lines[2]).toMatch(/^0 checked: the shop has nothing yet/)
})
