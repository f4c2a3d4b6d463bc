import { describe } from 'vitest'

import { mongoProgram } from '../../../../scripts/servers/mongodb.ts'
import { mongoForTests } from '../../../../tests/support/mongodb.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { editingBehaviour } from '../../testing/editing.ts'
import { listingBehaviour } from '../../testing/listing.ts'
import { openShopOnMongo } from '../../testing/shop.ts'

await whereInstalled(mongoProgram, () => {
  const openShop = openShopOnMongo(mongoForTests())
  describe('editing, on MongoDB', () => editingBehaviour(openShop))
  describe('listing, on MongoDB', () => listingBehaviour(openShop))
})
