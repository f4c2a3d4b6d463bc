import { generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'

import { newUuid } from '../ids.ts'
import { passportControl, passportOffice } from './passport.ts'
import { misspellings } from './testing/misspellings.ts'
import { visitor, type Viewer } from './viewer.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const guest: Viewer = { kind: 'guest', id: newUuid() }
const user: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER', 'STAFF'], guestId: newUuid() }

let gateway: { privateKey: CryptoKey; publicKey: CryptoKey }
let impostor: { privateKey: CryptoKey; publicKey: CryptoKey }
beforeAll(async () => {
  gateway = await generateKeyPair('EdDSA')
  impostor = await generateKeyPair('EdDSA')
})

/** The gateway and the subgraph cart at a time that the test sets. */
function given() {
  const time = { now: noon }
  const clock = () => new Date(time.now)
  return {
    time,
    issue: passportOffice({ privateKey: gateway.privateKey, clock }),
    issueFalsely: passportOffice({ privateKey: impostor.privateKey, clock }),
    control: passportControl({ publicKey: gateway.publicKey, subgraph: 'cart', clock }),
  }
}

const notValid = { code: 'UNAUTHENTICATED', message: 'The passport is not valid.' }

describe('a passport', () => {
  it.each([
    ['a visitor', visitor],
    ['a guest', guest],
    ['a user', user],
  ])('states to the subgraph that %s is asking', async (_who, viewer) => {
    const { issue, control } = given()
    const passport = await issue(viewer, 'cart')
    expect(await control(passport)).toEqual(viewer)
    expect(await control(passport)).toEqual(viewer)
  })

  it('is needed', async () => {
    await expect(given().control(undefined)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('is good for a minute, whether it was seen before or not', async () => {
    const { time, issue, control } = given()
    const [seen, unseen] = [await issue(guest, 'cart'), await issue(user, 'cart')]
    time.now = noon + 59_000
    expect(await control(seen)).toEqual(guest)
    time.now = noon + 60_000
    for (const passport of [seen, unseen]) await expect(control(passport)).rejects.toMatchObject(notValid)
  })

  it('is for one subgraph', async () => {
    const { issue, control } = given()
    await expect(control(await issue(user, 'orders'))).rejects.toMatchObject(notValid)
  })

  it('is good in the one spelling in which it was issued', async () => {
    const { issue, control } = given()
    for (const [how, other] of misspellings(await issue(guest, 'cart'))) {
      await expect(control(other), how).rejects.toMatchObject(notValid)
    }
  })

  it('is signed by the gateway', async () => {
    const { issue, issueFalsely, control } = given()
    const [head, , signature] = (await issue(guest, 'cart')).split('.')
    const staff = Buffer.from(JSON.stringify({ kind: 'user', sub: newUuid(), roles: ['ADMIN'] })).toString('base64url')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${staff}.`
    for (const passport of [await issueFalsely(user, 'cart'), `${head}.${staff}.${signature}`, unsigned, '', 'a.b.c']) {
      await expect(control(passport)).rejects.toMatchObject(notValid)
    }
  })

  it.each([
    ['another issuer', { iss: 'souk-users' }],
    ['no expiry', { exp: undefined }],
    ['an unknown kind of viewer', { kind: 'owner' }],
    ['an unknown role', { kind: 'user', roles: ['OWNER'] }],
    ['a guest that is none', { sub: 'nobody' }],
  ])('with %s is not valid', async (_what, claims) => {
    const standard = { kind: 'guest', sub: newUuid(), iss: 'souk-gateway', aud: 'cart', exp: noon / 1000 + 60 }
    const sign = (payload: Record<string, unknown>) =>
      new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA' }).sign(gateway.privateKey)
    expect(await given().control(await sign(standard))).toMatchObject({ kind: 'guest' })
    await expect(given().control(await sign({ ...standard, ...claims }))).rejects.toMatchObject(notValid)
  })

  it('is used again for a few seconds, by the same viewer for the same subgraph', async () => {
    const { time, issue } = given()
    const first = await issue(user, 'cart')
    time.now = noon + 4_999
    expect(await issue({ ...user }, 'cart')).toBe(first)
    expect(await issue(user, 'orders')).not.toBe(first)
    expect(await issue({ ...user, roles: ['SHOPPER'] }, 'cart')).not.toBe(first)
    time.now = noon + 5_000
    expect(await issue(user, 'cart')).not.toBe(first)
  })

  it('is kept while it is in use: when there are too many, the one asked for longest ago goes', async () => {
    const issue = passportOffice({ privateKey: gateway.privateKey, clock: () => new Date(noon), keptAtMost: 2 })
    const inUse = await issue(user, 'cart')
    const idle = issue(user, 'orders')
    // The very same answer, not only an equal one: signing again gives an equal passport.
    const kept = issue(user, 'cart')
    await issue(user, 'users')
    expect(issue(user, 'cart')).toBe(kept)
    expect(await kept).toBe(inUse)
    expect(issue(user, 'orders')).not.toBe(idle)
  })

  it('that could not be signed is tried anew by whoever asks next', async () => {
    const issue = passportOffice({ privateKey: gateway.publicKey, clock: () => new Date(noon) })
    const failed = issue(user, 'cart')
    await expect(failed).rejects.toThrow()
    const next = issue(user, 'cart')
    expect(next).not.toBe(failed)
    await expect(next).rejects.toThrow()
  })
})
