import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../../platform/ids.ts'
import { goodAddress, startUsers, type Member, type UsersUnderTest } from './testing/users-under-test.ts'

interface Address {
  id: string
  isDefault: boolean
}

let souk: UsersUnderTest
beforeAll(async () => {
  souk = await startUsers()
})
afterAll(() => souk.stop())

function add({ viewer }: Member, input: Record<string, unknown> = {}): Promise<Address> {
  return souk.call<Address>('addAddress', { input: { ...goodAddress, ...input } }, viewer)
}

function remove({ viewer }: Member, id: string): Promise<boolean> {
  return souk.call<boolean>('removeAddress', { id }, viewer)
}

async function addressesOf({ viewer }: Member): Promise<Address[]> {
  return (await souk.call<{ addresses: Address[] }>('me', {}, viewer)).addresses
}

describe('an address', () => {
  it('is kept as it is written, and the first one is the default', async () => {
    const ada = await souk.member()
    expect(await add(ada, { line2: ' ' })).toMatchObject({
      __typename: 'Address',
      ...goodAddress,
      line2: null,
      postcode: 'SW1Y 4JH',
      isDefault: true,
    })
    expect(await add(ada, { city: 'Paris', country: 'fr', postcode: '75001', line2: 'Escalier B' })).toMatchObject({
      line2: 'Escalier B',
      country: 'FR',
      isDefault: false,
    })
    expect((await addressesOf(ada)).map(({ isDefault }) => isDefault)).toEqual([true, false])
  })

  it('passes being the default on to the oldest that remains', async () => {
    const ada = await souk.member()
    const [first, second, third] = [await add(ada), await add(ada), await add(ada)]
    expect(await remove(ada, first.id)).toBe(true)
    expect(await addressesOf(ada)).toMatchObject([
      { id: second.id, isDefault: true },
      { id: third.id, isDefault: false },
    ])
    expect(await remove(ada, third.id)).toBe(true)
    expect(await addressesOf(ada)).toMatchObject([{ id: second.id, isDefault: true }])
    expect(await remove(ada, second.id)).toBe(true)
    expect(await add(ada)).toMatchObject({ isDefault: true })
  })

  it('is one of 20 at most, and one of them is the default, also when many are added at once', async () => {
    const ada = await souk.member()
    const answers = await Promise.all(Array.from({ length: 22 }, () => add(ada)))
    expect(answers.filter((answer) => 'code' in answer)).toMatchObject([
      { code: 'QUANTITY_LIMIT' },
      { code: 'QUANTITY_LIMIT' },
    ])
    const kept = await addressesOf(ada)
    expect(kept).toHaveLength(20)
    expect(kept.filter(({ isDefault }) => isDefault)).toHaveLength(1)
  })

  it.each([
    ['recipient', { recipient: '' }],
    ['line1', { line1: 'x'.repeat(121) }],
    ['line2', { line2: 'x'.repeat(121) }],
    ['city', { city: 'Lon\u0000don' }],
    ['postcode', { postcode: '12345' }],
    ['postcode', { postcode: '!', country: 'DE' }],
    ['country', { country: 'ZZ' }],
    ['country', { country: 'United Kingdom' }],
  ])('is refused with the field of what is wrong: %s', async (field, wrong) => {
    const ada = await souk.member()
    expect(await add(ada, wrong)).toMatchObject({ __typename: 'InvalidInput', field })
    expect(await addressesOf(ada)).toEqual([])
  })

  it('is removed by its owner only', async () => {
    const [ada, bob] = [await souk.member(), await souk.member()]
    const { id } = await add(ada)
    expect(await remove(bob, id)).toBe(false)
    expect(await remove(bob, newUuid())).toBe(false)
    expect(await remove(bob, 'nonsense')).toBe(false)
    expect(await addressesOf(ada)).toHaveLength(1)
  })
})
