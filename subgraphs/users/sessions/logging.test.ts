import { Writable } from 'node:stream'

import { pino } from 'pino'
import { expect, it } from 'vitest'

import { goodAddress, goodPassword, startUsers } from '../testing/users-under-test.ts'

it('neither an e-mail address, a password, a token nor a postal address is ever logged', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, written) {
      lines.push(chunk.toString())
      written()
    },
  })
  const souk = await startUsers({ REFRESH_GRACE_SECONDS: 0 }, { log: pino({ level: 'trace' }, stream) })
  try {
    const { email, viewer, accessToken, refreshToken } = await souk.member()
    await souk.call('signIn', { input: { email, password: 'not the password' } })
    await souk.call('signUp', { input: { email, password: goodPassword, name: 'Ada', guestToken: accessToken } })
    await souk.call('addAddress', { input: goodAddress }, viewer)
    await souk.call('refreshSession', { refreshToken })
    await souk.call('refreshSession', { refreshToken })
    await souk.harness.databaseOf('users').query('drop table address, refresh_token, token_family, account')
    const failing = await Promise.all([
      souk.ask('signUp', { input: { email, password: goodPassword, name: 'Ada' } }),
      souk.ask('signIn', { input: { email, password: goodPassword } }),
      souk.ask('refreshSession', { refreshToken }),
      souk.ask('addAddress', { input: goodAddress }, viewer),
    ])
    for (const { errors } of failing) expect(errors).toMatchObject([{ code: 'INTERNAL_SERVER_ERROR' }])

    const log = lines.join('')
    expect(log).toContain('used twice')
    expect(log).toContain('a resolver failed')
    for (const secret of [email, goodPassword, 'not the password', accessToken, refreshToken, goodAddress.line1]) {
      expect(log).not.toContain(secret)
    }
  } finally {
    await souk.stop()
  }
})
