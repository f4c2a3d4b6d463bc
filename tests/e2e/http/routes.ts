import { generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'

import { demoAccounts } from '../../../demo/accounts.ts'
import {
  accessTokenAlgorithm,
  accessTokenAudience,
  accessTokenIssuer,
} from '../../../platform/identity/access-token.ts'
import { createClient, eventually } from '../../support/shopping.ts'
import { signIn } from '../../support/shopper.ts'
import { expectGraphqlError, post, request } from './request.ts'

const me = JSON.stringify({ query: '{ me { id email } }' })

/** Signed by somebody who is not Souk, for the user whose id everybody knows. */
async function forgedToken(): Promise<string> {
  const { privateKey } = await generateKeyPair(accessTokenAlgorithm)
  return new SignJWT({ kind: 'user', roles: ['STAFF', 'ADMIN'] })
    .setProtectedHeader({ alg: accessTokenAlgorithm })
    .setSubject(demoAccounts[1].id)
    .setIssuer(accessTokenIssuer)
    .setAudience(accessTokenAudience)
    .setIssuedAt()
    .setExpirationTime('15m')
    .sign(privateKey)
}

/** The claims of a real token, with no signature at all. */
function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  return `${header}.${token.split('.')[1] ?? ''}.`
}

export function tokens(url: () => string): void {
  describe('an access token', () => {
    it('is not needed to look around, and names who asks', async () => {
      const visitor = await post(url(), me)
      expect(visitor.json).toEqual({ data: { me: null } })
      const { token } = await signIn(url(), demoAccounts[0])
      const shopper = await post(url(), me, { authorization: `Bearer ${token ?? ''}` })
      expect(shopper.json).toEqual({ data: { me: { id: demoAccounts[0].id, email: demoAccounts[0].email } } })
    })

    it('that is not good is a 401, and not a visitor', async () => {
      const { token = '' } = await signIn(url(), demoAccounts[0])
      const middle = Math.floor(token.length / 2)
      const tampered = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1)
      for (const bad of ['nonsense', 'a.b.c', tampered, unsigned(token), await forgedToken()]) {
        const answer = await post(url(), me, { authorization: `Bearer ${bad}` })
        expectGraphqlError(answer, { status: 401, code: 'UNAUTHENTICATED', message: /access token is not valid/ })
      }
      for (const header of ['', 'Bearer', 'Basic c2FtOnNlY3JldA==', `bearer ${token} ${token}`]) {
        const answer = await post(url(), me, { authorization: header })
        expectGraphqlError(answer, { status: 401, code: 'UNAUTHENTICATED', message: /Bearer/ })
      }
    })
  })
}

export function otherRoutes(url: () => string): void {
  describe('beside the graph', () => {
    it('a browser that comes to it is shown GraphiQL', async () => {
      const first = await request(`${url()}/graphql`, { headers: { accept: 'text/html,application/xhtml+xml' } })
      expect([first.status, first.headers.get('location')]).toEqual([302, '/graphiql'])
      const second = await request(`${url()}/graphiql`)
      expect([second.status, second.headers.get('location')]).toEqual([302, '/graphiql/'])
    })

    it.each(['/', '/index.html'])('a browser that comes to %s is shown GraphiQL', async (path) => {
      const { status, headers } = await request(url() + path)
      expect([status, headers.get('location')]).toEqual([302, '/graphiql'])
    })

    it('probes are answered that it lives, and of each subgraph that it is ready', async () => {
      const health = await request(`${url()}/healthz`, { headers: { authorization: 'Bearer nonsense' } })
      expect([health.status, health.json]).toEqual([200, { status: 'ok' }])
      const ready = await request(`${url()}/readyz`)
      expect(ready.json.status).toBe('ready')
      expect(Object.keys(ready.json.subgraphs)).toHaveLength(9)
      expect(new Set(Object.values(ready.json.subgraphs))).toEqual(new Set(['ready']))
    })

    it('pictures are drawn once and then known by their tag', async () => {
      const { data } = await createClient(url()).run('WebHome')
      const picture = `${url()}${String(data.popularProducts[0].product.images[0].url)}`
      const first = await request(picture)
      expect([first.status, first.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
      expect(first.headers.get('cache-control')).toMatch(/max-age=\d{5}/)
      expect(first.text).toMatch(/^<svg /)
      const etag = first.headers.get('etag') ?? ''
      const again = await request(picture, { headers: { 'if-none-match': etag } })
      expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
      const other = await request(picture, { headers: { 'if-none-match': '"another"' } })
      expect(other.status).toBe(200)
    })

    it.each([
      '/images/bags/Big.svg',
      '/images/bags/big.png',
      '/images/bags',
      '/images/../package.json',
      '/images/bags/%2e%2e.svg',
    ])('there is no picture at %s', async (path) => {
      expectGraphqlError(await request(url() + path), { status: 404, code: 'NOT_FOUND' })
    })

    it('the keys of access tokens are public, and only their public halves', async () => {
      const { json } = await request(`${url()}/.well-known/jwks.json`)
      expect(json.keys).toEqual([
        { kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), use: 'sig', alg: 'EdDSA' },
      ])
    })
  })
}

export function production(url: () => string): void {
  describe('in production', () => {
    it('there is no GraphiQL, and nobody is sent there', async () => {
      expectGraphqlError(await request(`${url()}/graphiql`), { status: 404, code: 'NOT_FOUND' })
      expectGraphqlError(await request(`${url()}/graphiql/`), { status: 404, code: 'NOT_FOUND' })
      const answer = await request(`${url()}/graphql`, { headers: { accept: 'text/html' } })
      expectGraphqlError(answer, { status: 400, code: 'BAD_REQUEST' })
    })

    it.each(['/', '/index.html'])('who comes to %s is shown where the graph is', async (path) => {
      const { status, json } = await request(url() + path)
      expect([status, json]).toEqual([200, { name: 'Souk', graphql: '/graphql' }])
    })

    it('the schema is not shown, whole or by hints', async () => {
      for (const query of ['{ __schema { queryType { name } } }', '{ __type(name: "User") { name } }']) {
        const answer = await post(url(), JSON.stringify({ query }))
        expectGraphqlError(answer, { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /introspection/ })
      }
      const near = await post(url(), JSON.stringify({ query: '{ me { emial } }' }))
      expectGraphqlError(near, { status: 400, code: 'GRAPHQL_VALIDATION_FAILED', message: /emial/ })
      expect(near.text).not.toContain('email')
    })

    it.each(demoAccounts)('the demo account $email does not exist, and cannot be made', async ({ email, password }) => {
      const { data } = await createClient(url()).run('MobileSignIn', { input: { email, password } })
      expect(data.signIn).toMatchObject({ code: 'WRONG_CREDENTIALS' })
      const made = await createClient(url()).run('WebSignUp', { input: { email, password, name: 'Sam' } })
      expect(made.data.signUp).toMatchObject({ code: 'INVALID_INPUT', field: 'email' })
    })

    it('an access token ends, and its bearer is answered that it has', async () => {
      const { data } = await createClient(url()).run('MobileStart')
      const { accessToken } = data.startGuestSession
      const answer = await eventually(
        () => post(url(), me, { authorization: `Bearer ${String(accessToken)}` }),
        ({ status }) => status !== 200,
        { what: 'the token expires' },
      )
      expectGraphqlError(answer, { status: 401, code: 'UNAUTHENTICATED', message: /has expired/ })
    })
  })
}
