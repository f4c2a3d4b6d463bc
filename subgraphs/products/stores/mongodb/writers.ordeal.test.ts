import { describe } from 'vitest'

import { mongoProgram } from '../../../../scripts/servers/mongodb.ts'
import { mongoForTests } from '../../../../tests/support/mongodb.ts'
import { whereInstalled } from '../../../../tests/support/where-installed.ts'
import { openShopOnMongo } from '../../testing/shop.ts'
import { writersBehaviour } from '../../testing/writers.ts'

await whereInstalled(mongoProgram, () => {
  describe('many writers, on MongoDB', () => writersBehaviour(openShopOnMongo(mongoForTests())))
})
