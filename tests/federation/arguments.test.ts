import { afterAll, beforeAll, describe } from 'vitest'

import { idsAreAlike } from './arguments/ids.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})

afterAll(() => shop.stop())

describe('an id', () => idsAreAlike(() => shop))
