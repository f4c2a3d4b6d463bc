import { expect, it } from 'vitest'

import { allGuards } from '../rules/guards.ts'
import { nothingKnown } from '../rules/known.ts'
import type { Turn } from '../turn.ts'
import { propose } from './propose.ts'

it('proposes no product, only one of its variants, and asks the graph nothing for it', async () => {
  const known = nothingKnown()
  const variants = [{ variantId: 'a variant', name: 'Red', price: 100, currency: 'GBP' }]
  known.note({ kind: 'DETAILS', products: [{ productId: 'a product', name: 'Apron', description: '', variants }] })
  const unexpected = () => Promise.reject(new Error('nothing is to be asked, or signed'))
  const owner = { kind: 'guest', id: 'a guest' } as const
  const turn: Turn = { owner, ask: unexpected, known, sign: unexpected, guards: allGuards }
  const proposed = await propose([{ variantId: 'a product', quantity: 1 }], turn)
  expect(proposed).toEqual({ kind: 'REFUSED', why: 'NO_VARIANT' })
})
