import { describe, expect, it } from 'vitest'

import { passwordJudge } from './strength.ts'

const ada = { email: 'ada.l1815@example.com', name: 'Ada Lovelace' }
const judge = passwordJudge()

describe('a password', () => {
  it.each([
    ...['12345678', 'password', 'PassWord', 'p@ssw0rd', 'Password123!', 'qwertyuiop', 'L1verp00l!', 'summer2026'],
    ...['aaaaaaaa', 'abcdefgh', '12341234', 'iloveyou2', 'passwordpasswordpassword', 'x'.repeat(128)],
  ])('is refused when it is guessed soon: %s', async (password) => {
    expect(await judge(password, ada)).toBe('COMMON')
  })

  it.each([
    'adalovelace',
    'Ada Lovelace',
    'lovelace',
    'Ada-Lovelace',
    'ada.l1815@example.com',
    'adal1815',
    'l0velace1',
  ])('is refused when it is what its owner is called: %s', async (password) => {
    expect(await judge(password, ada)).toBe('OWN_NAME')
    expect(await judge('a long walk home', ada)).toBeUndefined()
  })

  it.each([
    ...['a long walk home', 'souk-demo-shopper', 'tr0ub4dor&3', '83749218', 'summer in the city', 'ünïcödé-ß'],
    ...['correct horse battery', 'Ada, by the river at noon', '長い散歩の帰り道'],
  ])('is taken when it is not: %s', async (password) => {
    expect(await judge(password, ada)).toBeUndefined()
  })

  it('is judged in less time than a hash takes, however it is made up', async () => {
    const started = performance.now()
    for (const unit of ['4@8({[<3€9&6#!1|70$5+%2', 'p4$$w0rd1!', '1!i|l', '19901991', 'aA1!']) {
      await judge(unit.repeat(30).slice(0, 128), ada)
    }
    // 40 ms each on an idle machine, where the whole of one took 500.
    expect((performance.now() - started) / 5).toBeLessThan(400)
  })
})
