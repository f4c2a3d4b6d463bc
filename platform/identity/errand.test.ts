import { generateKeyPair, type CryptoKey } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'

import { systemClock } from '../clock.ts'
import { newUuid } from '../ids.ts'
import { errandControl, issueErrand } from './errand.ts'
import { passportControl, passportOffice, type PassportOffice } from './passport.ts'
import type { Viewer } from './viewer.ts'

let passports: PassportOffice
let publicKey: CryptoKey
beforeAll(async () => {
  const keys = await generateKeyPair('EdDSA')
  publicKey = keys.publicKey
  passports = passportOffice({ privateKey: keys.privateKey, clock: systemClock })
})

describe('an errand', () => {
  const admin: Viewer = { kind: 'user', id: newUuid(), roles: ['SHOPPER', 'STAFF', 'ADMIN'], guestId: newUuid() }

  it("is in the viewer's name, and has a shopper's rights", async () => {
    const read = errandControl({ publicKey, clock: systemClock })
    expect(await read(await issueErrand(passports, admin))).toEqual({ ...admin, roles: ['SHOPPER'] })
    const guest: Viewer = { kind: 'guest', id: newUuid() }
    expect(await read(await issueErrand(passports, guest))).toEqual(guest)
  })

  it('is no passport, and a passport is no errand', async () => {
    const read = errandControl({ publicKey, clock: systemClock })
    const cart = passportControl({ publicKey, subgraph: 'cart', clock: systemClock })
    await expect(cart(await issueErrand(passports, admin))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(read(await passports(admin, 'recommendations'))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    await expect(read(undefined)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})
