import { describe } from 'vitest'

import { writersBehaviour } from '../testing/writers.ts'
import { openShop } from '../testing/shop.ts'

describe('many writers, on PostgreSQL', () => writersBehaviour(openShop))
