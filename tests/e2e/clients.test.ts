import { afterAll, beforeAll, expect, it } from 'vitest'

import { registeredOperations } from '../support/shopping.ts'
import { accounts, assistant, orders } from './clients/accounts.ts'
import { openShop, type Shop } from './clients/shop.ts'
import { staffConsole } from './clients/staff.ts'
import { guests, visitors } from './clients/storefront.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.souk.stop())

visitors(() => shop)
guests(() => shop)
accounts(() => shop)
orders(() => shop)
staffConsole(() => shop)
assistant(() => shop)

// Last, when all of them have had their turn.
it('runs every operation that clients have registered', () => {
  expect([...registeredOperations().keys()].filter((operation) => !shop.ran.has(operation))).toEqual([])
})
