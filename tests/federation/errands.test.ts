import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { issueErrand } from '../../platform/identity/errand.ts'
import { viewerFromClaims } from '../../platform/identity/claims.ts'
import type { Viewer } from '../../platform/identity/viewer.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
let shopper: Viewer
let staff: Viewer
beforeAll(async () => {
  shop = await openShop()
  shopper = viewerOf(shop.shopper.token)
  staff = viewerOf(shop.staff.token)
})
afterAll(() => shop.stop())

/** As the access token says. */
function viewerOf(token = ''): Viewer {
  return viewerFromClaims(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
}

async function onErrand(viewer: Viewer, query: string, host = 'gateway:4000') {
  const errand = await issueErrand(shop.harness.passports, viewer)
  return shop.knock({ headers: { 'souk-errand': errand, host }, payload: { query } })
}

const ownThings = '{ me { email } cart { itemCount } }'

describe('an errand', () => {
  it('is given with a change to the subgraph that may ask back, and to nobody else, nor with a query', async () => {
    const fetched = await shop.watched(async () => {
      await shop.shopper.run('WebAsk', { input: { message: 'hello' } })
      await shop.shopper.run('WebCart')
      await shop.shopper.send('mutation { clearCart { __typename } }')
    })
    const withErrand = fetched.filter(({ request }) => request.errand !== undefined)
    expect(withErrand.map(({ subgraph, request }) => [subgraph, request.query.startsWith('mutation')])).toEqual(
      withErrand.map(() => ['recommendations', true]),
    )
    expect(withErrand.length).toBeGreaterThan(0)
    expect(fetched.length).toBeGreaterThan(withErrand.length + 1)
  })

  it("reads what is the viewer's own, under whatever name the gateway is reached", async () => {
    const { status, data } = await onErrand(shopper, ownThings)
    expect(status).toBe(200)
    expect(data).toMatchObject({ me: { email: 'ada@example.org' }, cart: { itemCount: expect.any(Number) as number } })
  })

  it('changes nothing', async () => {
    const { data, errors } = await onErrand(shopper, 'mutation { clearCart { __typename } }')
    expect(data).toBeUndefined()
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  })

  it("has none of a member of staff's rights", async () => {
    const query = '{ orders(first: 1) { totalCount } }'
    const own = await shop.staff.send(query)
    expect(own.data).toMatchObject({ orders: { totalCount: 1 } })
    const { errors } = await onErrand(staff, query)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
    const foreign = await onErrand(staff, `{ order(id: "${shop.orderId}") { id } }`)
    expect(foreign.data).toEqual({ order: null })
  })

  it.each(['', 'junk', 'a.b.c'])('that the gateway has not signed is refused: %j', async (errand) => {
    const { status, errors } = await shop.knock({
      headers: { 'souk-errand': errand, authorization: `Bearer ${shop.shopper.token ?? ''}` },
      payload: { query: ownThings },
    })
    expect(status).toBe(401)
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  })

  it('is not what a subgraph shows of itself: a passport is refused', async () => {
    const passport = await shop.harness.passports(shopper, 'recommendations')
    const { status } = await shop.knock({ headers: { 'souk-errand': passport }, payload: { query: ownThings } })
    expect(status).toBe(401)
  })
})
