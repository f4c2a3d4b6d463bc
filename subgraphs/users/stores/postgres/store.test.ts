import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../../../platform/ids.ts'
import type { SessionOwner } from '../../domain/session.ts'
import type { UsersStore } from '../store.ts'
import { postgresUsersStore } from './store.ts'
import { startUsers, type UsersUnderTest } from '../../testing/users-under-test.ts'

const now = new Date('2026-03-01T12:00:00Z')
const earlier = new Date('2026-02-01T12:00:00Z')
const later = new Date('2026-04-01T12:00:00Z')

let souk: UsersUnderTest
let store: UsersStore
let userId: string
beforeAll(async () => {
  souk = await startUsers()
  store = postgresUsersStore(souk.harness.databaseOf('users'))
  userId = (await souk.member()).viewer.id
})
afterAll(() => souk.stop())

async function familyUntil(expiresAt: Date, owner: SessionOwner = { kind: 'user', userId }) {
  const [id, used, unused] = [newUuid(), Buffer.from(newUuid()), Buffer.from(newUuid())]
  await store.addFamily({ id, owner, successorKey: Buffer.from(newUuid()), expiresAt, ended: false })
  await store.addToken(id, used)
  await store.addToken(id, unused)
  return { id, used, unused }
}

describe('what has expired', () => {
  it('is forgotten: families with their tokens, and of living ones the tokens used long ago', async () => {
    const over = await familyUntil(earlier)
    const alive = await familyUntil(later)
    const recent = await familyUntil(later)
    await store.useToken(alive.used, earlier)
    await store.useToken(recent.used, later)
    await store.forgetTokens(now, now)
    expect(await store.lockToken(over.unused)).toBeUndefined()
    expect(await store.lockToken(alive.used)).toBeUndefined()
    expect(await store.lockToken(alive.unused)).toMatchObject({ usedFor: undefined })
    expect(await store.lockToken(recent.used)).toMatchObject({ usedFor: expect.any(Number) as number })
  })

  it('are the sessions of guests as soon as they expire', async () => {
    const guest: SessionOwner = { kind: 'guest', guestId: newUuid() }
    const over = await familyUntil(now, guest)
    const alive = await familyUntil(later, guest)
    await store.forgetTokens(earlier, new Date(now.getTime() + 1))
    expect(await store.lockToken(over.unused)).toBeUndefined()
    expect(await store.lockToken(alive.unused)).toMatchObject({ family: { owner: guest } })
  })

  it('are keys, too', async () => {
    const key = { privateJwk: { kty: 'OKP', crv: 'Ed25519', x: 'x', d: 'd' }, createdAt: earlier }
    await store.addKey({ ...key, kid: 'over', expiresAt: earlier })
    await store.addKey({ ...key, kid: 'retired', expiresAt: later })
    await store.forgetKeys(now)
    const kids = (await store.keys(new Date(0))).map(({ kid }) => kid)
    expect(kids).toContain('retired')
    expect(kids).not.toContain('over')
  })
})

describe('a refresh token', () => {
  it('is used once', async () => {
    const { used } = await familyUntil(later)
    expect(await store.useToken(used, now)).toBe(true)
    expect(await store.useToken(used, now)).toBe(false)
  })
})

describe('an account', () => {
  it('that is not there has no next version', async () => {
    await expect(store.nextVersion(newUuid())).rejects.toThrow('there is no account')
  })
})
