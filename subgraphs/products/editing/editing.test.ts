import { describe } from 'vitest'

import { editingBehaviour } from '../testing/editing.ts'
import { openShop } from '../testing/shop.ts'

describe('editing, on PostgreSQL', () => editingBehaviour(openShop))
