import { describe, expect, test } from 'vitest'

import {
  acceptProposal,
  addItem,
  clear,
  emptyCart,
  evolve,
  itemCount,
  letGo,
  mostLines,
  packUp,
  proposalsRemembered,
  removeBought,
  takeOver,
  updateLine,
  type Cart,
  type CartLine,
  type Change,
  type Handover,
  type Offer,
} from './domain.ts'

const then = new Date('2026-01-01T12:00:00Z')
const now = new Date('2026-01-02T12:00:00Z')

function line(variantId: string, quantity: number, id = `line-${variantId}`): CartLine {
  return { id, variantId, quantity }
}

function cartWith(...lines: CartLine[]): Cart {
  return { ...emptyCart({ id: 'cart', owner: { kind: 'user', id: 'ada' }, now: then }), version: 4, lines }
}

function guestWith(...lines: CartLine[]): Cart {
  return { ...cartWith(...lines), id: 'guest-cart', owner: { kind: 'guest', id: 'guest' }, version: 7 }
}

function handoverOf(...lines: CartLine[]): Handover {
  return { id: 'guest@6', userId: 'ada', lines }
}

function offer(available: number, sold = true): Offer {
  return { variantId: 'mug', sold, available }
}

/** What is in the cart after the change. */
function quantities(change: Change): Record<string, number> {
  if (change.kind !== 'CHANGED') throw new Error(`not changed: ${JSON.stringify(change)}`)
  return Object.fromEntries(change.lines.map(({ variantId, quantity }) => [variantId, quantity]))
}

function after(cart: Cart, change: Change): Cart {
  if (change.kind !== 'CHANGED') throw new Error(`not changed: ${JSON.stringify(change)}`)
  return evolve(cart, change, now)
}

const full = Array.from({ length: mostLines }, (_, index) => line(`v${index}`, 1))

describe('given a new cart', () => {
  test('then it is empty, and was never saved', () => {
    const cart = emptyCart({ id: 'cart', owner: { kind: 'guest', id: 'guest' }, now })
    expect(cart).toMatchObject({ version: 0, lines: [], updatedAt: now })
    expect(itemCount(cart)).toBe(0)
  })
})

describe('when a variant is put in', () => {
  const wanted = { variantId: 'mug', quantity: 2, lineId: 'new' }

  test('then it is a line of its own', () => {
    expect(addItem(cartWith(line('jug', 1)), wanted, offer(9))).toEqual({
      kind: 'CHANGED',
      lines: [line('jug', 1), line('mug', 2, 'new')],
    })
  })

  test('and it is there already, then its line holds more', () => {
    const cart = cartWith(line('jug', 1), line('mug', 3))
    expect(addItem(cart, wanted, offer(5))).toEqual({ kind: 'CHANGED', lines: [line('jug', 1), line('mug', 5)] })
  })

  test.each([
    ['is not known', undefined],
    ['is not sold any more', offer(9, false)],
  ])('and it %s, then it is not found', (_why, known) => {
    expect(addItem(cartWith(), wanted, known)).toMatchObject({ kind: 'REFUSED', code: 'NOT_FOUND' })
  })

  test('and there are fewer than the line would hold, then it says how many', () => {
    expect(addItem(cartWith(line('mug', 3)), wanted, offer(4))).toEqual({
      kind: 'SHORT',
      shortages: [{ variantId: 'mug', requested: 5, available: 4 }],
    })
  })

  test('and the line would hold more than 99, then it is refused', () => {
    expect(addItem(cartWith(line('mug', 98)), wanted, offer(500))).toMatchObject({ code: 'QUANTITY_LIMIT' })
    expect(quantities(addItem(cartWith(line('mug', 97)), wanted, offer(500)))).toEqual({ mug: 99 })
  })

  test('and the cart has 50 lines, then only these may grow', () => {
    expect(addItem(cartWith(...full), wanted, offer(9))).toMatchObject({ code: 'QUANTITY_LIMIT' })
    const more = addItem(cartWith(...full), { ...wanted, variantId: 'v7' }, offer(9))
    expect(quantities(more).v7).toBe(3)
  })
})

describe('when the quantity of a line is set', () => {
  const cart = cartWith(line('jug', 1), line('mug', 5))
  const set = (quantity: number, known: Offer | undefined) => updateLine(cart, { lineId: 'line-mug', quantity }, known)

  test('then the line holds it', () => {
    expect(quantities(set(7, offer(7)))).toEqual({ jug: 1, mug: 7 })
  })

  test('and it is 0, then the line is gone', () => {
    expect(quantities(set(0, offer(7)))).toEqual({ jug: 1 })
  })

  test('and it is that already, then nothing changes', () => {
    expect(set(5, offer(7))).toEqual({ kind: 'UNCHANGED' })
  })

  test('and fewer are wanted, then that is granted whatever the stock', () => {
    expect(quantities(set(4, undefined))).toEqual({ jug: 1, mug: 4 })
    expect(quantities(set(4, offer(0)))).toEqual({ jug: 1, mug: 4 })
  })

  test.each([
    ['there are too few', offer(6), 6],
    ['it is not sold any more', offer(500, false), 0],
    ['it is not known', undefined, 0],
  ])('and more are wanted but %s, then it says how many there are', (_why, known, available) => {
    expect(set(7, known)).toEqual({ kind: 'SHORT', shortages: [{ variantId: 'mug', requested: 7, available }] })
  })

  test('and there is no such line, then it is not found', () => {
    const change = updateLine(cart, { lineId: 'another', quantity: 1 }, offer(7))
    expect(change).toMatchObject({ kind: 'REFUSED', code: 'NOT_FOUND' })
  })
})

describe('when a cart is cleared', () => {
  test('then it is empty', () => {
    expect(quantities(clear(cartWith(line('mug', 1))))).toEqual({})
  })

  test('and is empty already, then nothing changes', () => {
    expect(clear(cartWith())).toEqual({ kind: 'UNCHANGED' })
  })
})

describe('when a guest has become a user', () => {
  test('then the guest’s lines are packed up for that user', () => {
    const packed = after(guestWith(line('mug', 3)), packUp(guestWith(line('mug', 3)), 'ada'))
    expect(packed).toMatchObject({ lines: [], handover: { id: 'guest@7', userId: 'ada', lines: [line('mug', 3)] } })
  })

  test('and has chosen nothing, then there is nothing to pack up', () => {
    expect(packUp(guestWith(), 'ada')).toEqual({ kind: 'UNCHANGED' })
  })

  test('and something is on its way, then what was put in since waits for the next time', () => {
    const packed = { ...guestWith(line('cup', 1)), handover: handoverOf(line('mug', 3)) }
    expect(packUp(packed, 'ada')).toEqual({ kind: 'UNCHANGED' })
    const rid = after(packed, letGo(packed, handoverOf(line('mug', 3))))
    expect(rid).toMatchObject({ lines: [line('cup', 1)], handover: null, version: 8 })
    expect(after(rid, packUp(rid, 'ada')).handover).toEqual({ id: 'guest@8', userId: 'ada', lines: [line('cup', 1)] })
  })

  test('and the guest’s cart is changed while something is on its way, then that stays on its way', () => {
    const packed = { ...guestWith(line('cup', 1)), handover: handoverOf(line('mug', 3)) }
    expect(after(packed, clear(packed)).handover).toEqual(handoverOf(line('mug', 3)))
  })

  test('then it lets go of what has arrived, and of nothing else', () => {
    const packed = { ...guestWith(), handover: handoverOf(line('mug', 3)) }
    expect(letGo(packed, { ...handoverOf(line('mug', 3)), id: 'guest@5' })).toEqual({ kind: 'UNCHANGED' })
    expect(letGo(guestWith(), handoverOf(line('mug', 3)))).toEqual({ kind: 'UNCHANGED' })
  })
})

describe('when a user takes over what a guest has packed up', () => {
  test('then it holds what both held', () => {
    const change = takeOver(
      cartWith(line('jug', 1), line('mug', 2)),
      handoverOf(line('mug', 3, 'theirs'), line('cup', 4)),
    )
    expect(quantities(change)).toEqual({ jug: 1, mug: 5, cup: 4 })
  })

  test('then no line holds more than 99, and there are 50 lines at most', () => {
    expect(quantities(takeOver(cartWith(line('mug', 60)), handoverOf(line('mug', 60, 'theirs'))))).toEqual({ mug: 99 })
    expect(quantities(takeOver(cartWith(...full), handoverOf(line('mug', 1))))).not.toHaveProperty('mug')
  })

  test('then it does so once', () => {
    const user = after(cartWith(), takeOver(cartWith(), handoverOf(line('mug', 3))))
    expect(takeOver(user, handoverOf(line('mug', 3)))).toEqual({ kind: 'UNCHANGED' })
  })
})

describe('when an order is confirmed', () => {
  const order = {
    orderId: 'order',
    lines: [
      { lineId: 'line-mug', quantity: 2 },
      { lineId: 'gone', quantity: 1 },
    ],
  }

  test('then what was bought is gone, and what was added since stays', () => {
    const cart = cartWith(line('mug', 5), line('jug', 1))
    expect(quantities(removeBought(cart, order))).toEqual({ mug: 3, jug: 1 })
    expect(quantities(removeBought(cartWith(line('mug', 2), line('jug', 1)), order))).toEqual({ jug: 1 })
    expect(quantities(removeBought(cartWith(line('mug', 1)), order))).toEqual({})
  })

  test('and is consumed again, then nothing changes', () => {
    const cart = cartWith(line('mug', 5))
    expect(removeBought(after(cart, removeBought(cart, order)), order)).toEqual({ kind: 'UNCHANGED' })
  })
})

describe('when a proposal is accepted', () => {
  const proposal = { atItsPrices: true, id: 'proposal', lines: [line('mug', 2, 'a'), line('jug', 1, 'b')] }
  const offers = (jugs: number) =>
    new Map([
      ['mug', offer(9)],
      ['jug', { ...offer(jugs), variantId: 'jug' }],
    ])

  test('then all of it is in the cart', () => {
    expect(quantities(acceptProposal(cartWith(line('mug', 1)), proposal, offers(9)))).toEqual({ mug: 3, jug: 1 })
  })

  test('and a price has changed since, then none is put in', () => {
    const change = acceptProposal(cartWith(), { ...proposal, atItsPrices: false }, offers(9))
    expect(change).toMatchObject({ kind: 'REFUSED', code: 'PRICE_CHANGED' })
  })

  test('and as many as can be good at once are accepted after it, then it is remembered still', () => {
    const ids = Array.from({ length: proposalsRemembered }, (_none, at) => `p${at}`)
    const cart = ids.reduce<Cart>(
      (before, id) => after(before, acceptProposal(before, { id, lines: [], atItsPrices: true }, offers(9))),
      cartWith(),
    )
    const refused = ids.filter((id) => acceptProposal(cart, { ...proposal, id }, offers(9)).kind === 'REFUSED')
    expect(refused).toEqual(ids)
  })

  test('and one line cannot be had, then none is put in', () => {
    const change = acceptProposal(cartWith(), proposal, offers(0))
    expect(change).toEqual({ kind: 'SHORT', shortages: [{ variantId: 'jug', requested: 1, available: 0 }] })
  })

  test('and is accepted again, then it is refused', () => {
    const cart = after(cartWith(), acceptProposal(cartWith(), proposal, offers(9)))
    expect(acceptProposal(cart, proposal, offers(9))).toEqual({
      kind: 'REFUSED',
      code: 'PROPOSAL_EXPIRED',
      message: 'This proposal cannot be used any more: it has been put into the cart.',
    })
  })
})

describe('given a change', () => {
  test('then the cart is one version newer, and remembers what it must not do again', () => {
    const cart = { ...cartWith(line('mug', 2)), done: { handovers: ['g'], orders: ['o'], proposals: ['p'] } }
    const next = evolve(cart, { kind: 'CHANGED', lines: [line('mug', 3)], done: { orders: ['o', 'o2'] } }, now)
    expect(next).toEqual({
      ...cart,
      version: 5,
      updatedAt: now,
      lines: [line('mug', 3)],
      done: { handovers: ['g'], orders: ['o', 'o2'], proposals: ['p'] },
    })
    expect(itemCount(next)).toBe(3)
  })

  test('and nothing was to be changed, then only the version is new', () => {
    const cart = cartWith(line('mug', 2))
    expect(evolve(cart, { kind: 'UNCHANGED' }, now)).toEqual({ ...cart, version: 5, updatedAt: now })
  })

  test('then the newest 50 of what is remembered stay', () => {
    const orders = Array.from({ length: 50 }, (_, index) => `order-${index}`)
    const cart = { ...cartWith(), done: { handovers: [], orders, proposals: [] } }
    const next = after(cart, removeBought(cart, { orderId: 'newest', lines: [] }))
    expect(next.done.orders).toHaveLength(50)
    expect(next.done.orders.at(0)).toBe('order-1')
    expect(next.done.orders.at(-1)).toBe('newest')
  })
})
