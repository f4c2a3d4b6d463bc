import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { visitor, type Viewer } from '../../../platform/identity/viewer.ts'
import { newUuid } from '../../../platform/ids.ts'
import { goodAddress, startUsers, type Member, type UsersUnderTest } from '../testing/users-under-test.ts'

const guest: Viewer = { kind: 'guest', id: newUuid() }
const staff: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER', 'STAFF'] }

let souk: UsersUnderTest
let ada: Member
let bob: Member
beforeAll(async () => {
  souk = await startUsers()
  ada = await souk.member()
  bob = await souk.member()
  await souk.call('addAddress', { input: goodAddress }, ada.viewer)
})
afterAll(() => souk.stop())

function entities(viewer: Viewer, selection: string, ...ids: string[]) {
  return souk.harness.ask('users', {
    viewer,
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { ${selection} } } }`,
    variables: { of: ids.map((id) => ({ __typename: 'User', id })) },
  })
}

describe('a user', () => {
  it('is seen by itself and by staff', async () => {
    for (const viewer of [ada.viewer, staff]) {
      const { data, errors } = await entities(viewer, 'id email addresses { city }', ada.viewer.id)
      expect(errors).toEqual([])
      expect(data?._entities).toEqual([{ id: ada.viewer.id, email: ada.email, addresses: [{ city: 'London' }] }])
    }
  })

  it.each(['id', 'email', 'name', 'roles', 'createdAt', 'addresses { id }'])(
    'shows no stranger its %s',
    async (field) => {
      const strangers: [Viewer, string][] = [
        [bob.viewer, 'FORBIDDEN'],
        [guest, 'UNAUTHENTICATED'],
        [visitor, 'UNAUTHENTICATED'],
      ]
      for (const [viewer, code] of strangers) {
        const { data, errors } = await entities(viewer, field, ada.viewer.id)
        expect(data?._entities).toEqual([null])
        expect(errors).toMatchObject([{ code, path: ['_entities', 0] }])
      }
    },
  )

  it('is answered for alike whether it exists or not, to a stranger', async () => {
    const { errors } = await entities(bob.viewer, 'email', ada.viewer.id, newUuid(), 'nonsense')
    expect(errors.map(({ code }) => code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  })

  it('is null to staff when there is no such', async () => {
    const { data, errors } = await entities(staff, 'email', newUuid(), ada.viewer.id, 'nonsense')
    expect(errors).toEqual([])
    expect(data?._entities).toEqual([null, { email: ada.email }, null])
  })
})

describe('me', () => {
  it('is the signed-in user, and null for guests, visitors and accounts that are gone', async () => {
    expect(await souk.call('me', {}, ada.viewer)).toMatchObject({ id: ada.viewer.id, email: ada.email })
    for (const viewer of [guest, visitor, { ...staff, id: newUuid() }]) {
      expect(await souk.call('me', {}, viewer)).toBeNull()
    }
  })
})

describe('addresses', () => {
  it.each([guest, visitor])('are changed by nobody who has not signed in', async (viewer) => {
    for (const answer of [
      await souk.ask('addAddress', { input: goodAddress }, viewer),
      await souk.ask('removeAddress', { id: newUuid() }, viewer),
    ]) {
      expect(answer.errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
    }
  })

  it('are added to no account that is gone', async () => {
    const { errors } = await souk.ask('addAddress', { input: goodAddress }, { ...bob.viewer, id: newUuid() })
    expect(errors).toMatchObject([{ code: 'UNAUTHENTICATED' }])
  })
})

describe('the subgraph', () => {
  it('answers nobody without a passport', async () => {
    const { data, errors } = await souk.users.execute({ query: '{ _service { sdl } }', passport: undefined })
    expect(data).toBeUndefined()
    expect(errors?.[0]?.extensions).toEqual({ code: 'UNAUTHENTICATED' })
  })
})
