import { afterAll, beforeAll, describe } from 'vitest'

import { valuesAreRefusedAlike } from './arguments/coercion.ts'
import { nullIsTheDefault } from './arguments/defaults.ts'
import { idsAreAlike } from './arguments/ids.ts'
import { fillLists } from './arguments/long-lists.ts'
import { pagesAreAlike } from './arguments/pages.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop

beforeAll(async () => {
  shop = await openShop()
  await fillLists(shop)
})

afterAll(() => shop.stop())

describe('a default', () => nullIsTheDefault(() => shop))
describe('pages', () => pagesAreAlike(() => shop))
describe('a value', () => valuesAreRefusedAlike(() => shop))
describe('an id', () => idsAreAlike(() => shop))
