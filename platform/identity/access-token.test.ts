import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet, type JWTPayload } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'

import { accessTokenVerifier } from './access-token.ts'
import { misspellings } from './testing/misspellings.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const guest = '01890a5d-ac96-774b-bcce-b302099a8057'
const sessions = ['01890a5d-ac96-774b-bcce-b302099a8058', '01890a5d-ac96-774b-bcce-b302099a8059'] as const

interface Key {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JSONWebKeySet['keys'][number]
}

async function newKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' } }
}

function token({ kid, privateKey }: Key, claims: JWTPayload = {}): Promise<string> {
  const standard = { kind: 'guest', sub: guest, iss: 'souk-users', aud: 'souk', exp: noon / 1000 + 900 }
  return new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey)
}

/** Keys and time as the test sets them, and how often the keys were read. */
function given(...keys: Key[]) {
  const world = { now: noon, keys, readings: 0, down: false, ended: new Set<string>() }
  const verify = accessTokenVerifier({
    clock: () => new Date(world.now),
    hasEnded: (sessionId) => world.ended.has(sessionId),
    async jwks() {
      world.readings += 1
      if (world.down) throw new Error('users does not answer')
      return { keys: world.keys.map(({ publicJwk }) => publicJwk) }
    },
  })
  return { world, verify }
}

describe('an access token', () => {
  let first: Key
  let second: Key
  beforeAll(async () => {
    first = await newKey('first')
    second = await newKey('second')
  })

  it('names who bears it', async () => {
    const { verify } = given(first)
    expect(await verify(await token(first))).toEqual({ kind: 'guest', id: guest })
    const user = await token(first, { kind: 'user', roles: ['STAFF'], guestId: guest })
    expect(await verify(user)).toEqual({ kind: 'user', id: guest, roles: ['STAFF'], guestId: guest })
  })

  it('is good until the second it expires, also when it was seen before', async () => {
    const { world, verify } = given(first)
    const bearer = await token(first)
    world.now = noon + 899_999
    await verify(bearer)
    world.now = noon + 900_000
    await expect(verify(bearer)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The access token has expired.',
    })
  })

  it('ends with its session, also when it was good a moment ago', async () => {
    const { world, verify } = given(first)
    const [ada, bob] = await Promise.all(sessions.map((sid) => token(first, { sid })))
    await Promise.all([ada, bob].map((bearer) => verify(bearer ?? '')))
    world.ended.add(sessions[0])
    await expect(verify(ada ?? '')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The access token has expired.',
    })
    expect(await verify(bob ?? '')).toEqual({ kind: 'guest', id: guest })
  })

  it('of before there were sessions in it is good until it expires', async () => {
    const { world, verify } = given(first)
    world.ended.add(sessions[0])
    expect(await verify(await token(first))).toEqual({ kind: 'guest', id: guest })
  })

  it.each([
    ['another issuer', { iss: 'somebody' }],
    ['another audience', { aud: 'elsewhere' }],
    ['no expiry', { exp: undefined }],
    ['no subject', { sub: undefined }],
    ['a subject that is no id', { sub: 'me' }],
    ['an unknown role', { kind: 'user', roles: ['OWNER'] }],
  ])('is not valid with %s', async (_what, claims) => {
    const { verify } = given(first)
    await expect(verify(await token(first, claims))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'The access token is not valid.',
    })
  })

  it('is not valid when forged, unsigned, or no token at all', async () => {
    const { verify } = given(first)
    const impostor = { ...second, kid: 'first' }
    const secret = new TextEncoder().encode('x'.repeat(32))
    const symmetric = new SignJWT({ kind: 'guest', sub: guest }).setProtectedHeader({ alg: 'HS256', kid: 'first' })
    const none = `${Buffer.from('{"alg":"none","kid":"first"}').toString('base64url')}.e30.`
    const [head = '', , signature = ''] = (await token(first)).split('.')
    const altered = [head, Buffer.from('{"kind":"user"}').toString('base64url'), signature].join('.')
    for (const bad of [await token(impostor), await symmetric.sign(secret), none, altered, '', 'a.b.c', 'nonsense']) {
      await expect(verify(bad)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })

  it('is good in the one spelling in which it was issued', async () => {
    const { verify } = given(first)
    const issued = await token(first)
    for (const [how, other] of misspellings(issued)) {
      await expect(verify(other), how).rejects.toMatchObject({ message: 'The access token is not valid.' })
    }
    expect(await verify(issued)).toMatchObject({ id: guest })
  })

  it('costs one reading of the keys, however many are verified at once', async () => {
    const { world, verify } = given(first)
    const tokens = await Promise.all(['a', 'b', 'c'].map((jti) => token(first, { jti })))
    await Promise.all(tokens.map(verify))
    await Promise.all(tokens.map(verify))
    expect(world.readings).toBe(1)
  })

  it('signed by a new key is good at once', async () => {
    const { world, verify } = given(first)
    await verify(await token(first))
    world.keys = [second, first]
    expect(await verify(await token(second))).toEqual({ kind: 'guest', id: guest })
    expect(world.readings).toBe(2)
  })

  it('that names unknown keys makes the keys be read once in a while only', async () => {
    const { world, verify } = given(first)
    await verify(await token(first))
    for (const jti of ['a', 'b', 'c']) await expect(verify(await token(second, { jti }))).rejects.toThrow('not valid')
    expect(world.readings).toBe(2)
    world.now += 5_000
    world.keys = [second, first]
    await verify(await token(second))
    expect(world.readings).toBe(3)
  })

  it('signed by a key that was withdrawn is refused when the keys are read again', async () => {
    const { world, verify } = given(first)
    await verify(await token(first))
    world.keys = [second]
    world.now += 600_000
    await expect(verify(await token(first, { jti: 'unseen' }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('cannot be verified while the keys cannot be read; known keys go on being good', async () => {
    const { world, verify } = given(first)
    world.down = true
    await expect(verify(await token(first))).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' })
    world.down = false
    await verify(await token(first))
    world.down = true
    world.now += 600_000
    expect(await verify(await token(first, { jti: 'unseen' }))).toEqual({ kind: 'guest', id: guest })
  })
})
