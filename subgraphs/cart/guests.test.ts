import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { guestIdentified } from '../../contracts/users.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { newUuid } from '../../platform/ids.ts'
import { currentTraceparent } from '../../platform/telemetry/trace.ts'
import { traceparentFrom } from '../../platform/telemetry/traceparent.ts'
import { createCarts } from './carts.ts'
import { type CartUnderTest, newGuest, newUser, onEachStore } from './testing/cart-under-test.ts'

await onEachStore((startCart) => {
  let souk: CartUnderTest
  let mug: string
  let jug: string
  beforeAll(async () => {
    souk = await startCart()
    ;[mug = '', jug = ''] = await souk.onSale(99, 99)
  })
  afterAll(() => souk.stop())

  /** A guest with two mugs, and the user it becomes, who has three mugs and a jug. */
  async function given() {
    const guest = newGuest()
    const user = newUser(guest.id)
    await souk.add({ ...user, guestId: undefined }, mug, 3)
    await souk.add({ ...user, guestId: undefined }, jug)
    await souk.add(guest, mug, 2)
    return { guest, user }
  }

  async function identify(guestId: string, userId: string): Promise<void> {
    await souk.harness.publish(guestIdentified, { key: userId, version: 1, data: { guestId, userId } })
    await souk.harness.settled()
  }

  async function expectTakenOver(user: Viewer, guest: Viewer): Promise<void> {
    expect(await souk.contents(user)).toEqual({ [mug]: 5, [jug]: 1 })
    expect(await souk.contents(guest)).toEqual({})
  }

  describe('the cart of a guest who signs in', () => {
    it('is the user’s at the first look, and only then empty for the guest', async () => {
      const { guest, user } = await given()
      expect(await souk.contents(guest)).toEqual({ [mug]: 2 })
      await expectTakenOver(user, guest)
      await expectTakenOver(user, guest)
    })

    it('is the user’s when users publishes it, however often', async () => {
      const { guest, user } = await given()
      await identify(guest.id, user.id)
      await identify(guest.id, user.id)
      await souk.harness.redeliver()
      await expectTakenOver({ ...user, guestId: undefined }, guest)
    })

    it('is taken over once by the look and by the event, in either order', async () => {
      const lookFirst = await given()
      await souk.cart(lookFirst.user)
      await identify(lookFirst.guest.id, lookFirst.user.id)
      await expectTakenOver(lookFirst.user, lookFirst.guest)

      const eventFirst = await given()
      await identify(eventFirst.guest.id, eventFirst.user.id)
      await expectTakenOver(eventFirst.user, eventFirst.guest)
    })

    it('is taken over once by many looks and the event at the same time', async () => {
      const { guest, user } = await given()
      await Promise.all([
        ...Array.from({ length: 5 }, () => souk.cart(user)),
        identify(guest.id, user.id),
        souk.add(user, jug),
      ])
      expect(await souk.contents(user)).toEqual({ [mug]: 5, [jug]: 2 })
      expect(await souk.contents(guest)).toEqual({})
    })

    it('is there already when the user’s first act is a change', async () => {
      const guest = newGuest()
      const user = newUser(guest.id)
      const { lines } = await souk.add(guest, mug, 2)
      expect(await souk.update(user, lines[0].id, 4)).toMatchObject({ itemCount: 4 })
      expect(await souk.clear(user)).toMatchObject({ itemCount: 0 })
      expect(await souk.contents(guest)).toEqual({})
    })

    it('goes on being taken over when the guest’s session is used further', async () => {
      const { guest, user } = await given()
      await expectTakenOver(user, guest)
      await souk.add(guest, jug, 4)
      expect(await souk.contents(user)).toEqual({ [mug]: 5, [jug]: 5 })
      expect(await souk.contents(guest)).toEqual({})
    })

    it('is no matter when the guest had chosen nothing', async () => {
      const guest = newGuest()
      const user = newUser(guest.id)
      await identify(guest.id, user.id)
      expect(await souk.cart(user)).toBeNull()
    })

    it('does not go to another user', async () => {
      const { guest } = await given()
      expect(await souk.contents(newUser())).toBeUndefined()
      expect(await souk.contents(guest)).toEqual({ [mug]: 2 })
    })
  })

  /** Hands the guest's cart over as the subgraph does, in a process that ends after so many writes. */
  async function crashAfter(writes: number, guestId: string, userId: string): Promise<void> {
    const store = souk.anotherStore
    let written = 0
    const carts = createCarts({
      store: {
        ...store,
        save(cart, messages) {
          if (written === writes) throw new Error('crashed')
          written += 1
          return store.save(cart, messages)
        },
      },
      clock: systemClock,
      newId: newUuid,
    })
    await expect(carts.identify(guestId, userId)).rejects.toThrow('crashed')
  }

  describe.each([0, 1, 2])('a crash after %i of the writes of a take-over', (writes) => {
    it('is made good when the event is delivered again', async () => {
      const { guest, user } = await given()
      await crashAfter(writes, guest.id, user.id)
      await identify(guest.id, user.id)
      await souk.harness.redeliver()
      await expectTakenOver({ ...user, guestId: undefined }, guest)
    })

    it('takes over once what was there, and once what the guest put in before the next delivery', async () => {
      const { guest, user } = await given()
      await crashAfter(writes, guest.id, user.id)
      await souk.add(guest, jug, 4)
      await souk.add(guest, mug)
      await identify(guest.id, user.id)
      await identify(guest.id, user.id)
      expect(await souk.contents(user)).toEqual({ [mug]: 6, [jug]: 5 })
      expect(await souk.contents(guest)).toEqual({})
    })

    it('is made good at the next look, also after a second crash', async () => {
      const { guest, user } = await given()
      await crashAfter(writes, guest.id, user.id)
      await souk.add(guest, jug, 4)
      await crashAfter(1, guest.id, user.id)
      expect(await souk.contents(user)).toEqual({ [mug]: 5, [jug]: 5 })
      expect(await souk.contents(guest)).toEqual({})
    })
  })

  it('what is on its way to one user goes to that user, though another comes to be the guest before it has arrived', async () => {
    const { guest, user } = await given()
    await crashAfter(1, guest.id, user.id)
    await souk.add(guest, jug)
    const other = newUser(guest.id)
    expect(await souk.contents(other)).toEqual({ [jug]: 1 })
    expect(await souk.contents({ ...user, guestId: undefined })).toEqual({ [mug]: 5, [jug]: 1 })
  })

  it('what a look hands over is part of the look’s trace', async () => {
    const { guest, user } = await given()
    const [store, trace, traces] = [souk.anotherStore, traceparentFrom(undefined), new Set<string | undefined>()]
    const carts = createCarts({
      store: {
        ...store,
        save(cart, messages) {
          traces.add(currentTraceparent())
          return store.save(cart, messages)
        },
      },
      clock: systemClock,
      newId: newUuid,
    })
    await carts.of(user, trace)
    expect([...traces]).toEqual([trace])
    await expectTakenOver(user, guest)
  })

  it('a look at a cart that others change all the time is answered, and what the guest had chosen comes later', async () => {
    const { guest, user } = await given()
    const store = souk.anotherStore
    const neverFirst = { ...store, save: () => Promise.resolve(false) }
    const carts = createCarts({ store: neverFirst, clock: systemClock, newId: newUuid })
    expect((await carts.of(user))?.lines.map(({ quantity }) => quantity)).toEqual([3, 1])
    await expectTakenOver(user, guest)
  })
})
