import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'

import { newUuid } from '../../platform/ids.ts'
import { proposalSecret } from '../federation/graph.ts'
import type { Client, Json } from '../support/shopping.ts'
import type { AttackedShop } from './attacked-shop.ts'
import { search, times, wrongIf, type Attempt } from './attempt.ts'
import { order } from './hostile-model.ts'

const accept = `mutation ($token: String!) { acceptProposal(token: $token) {
  ... on Cart { itemCount } ... on Refusal { code } } }`

/** How many units are in the cart after it, if it is taken. */
async function accepted(client: Client, token: string): Promise<boolean> {
  const { data } = await client.send(accept, { token })
  return data.acceptProposal.code === undefined
}

/** A proposal as the assistant makes it, to a client of its own. */
async function proposed(shop: AttackedShop): Promise<{ client: Client; token: string; reply: Json }> {
  const client = await shop.guest()
  const lines = [{ variantId: '{{VARIANT}}', quantity: 1 }]
  const reply = await shop.ask(client, `${search('mug')} ${order('proposeCartChange', { lines })}`)
  return { client, token: reply.proposal.token, reply }
}

export const replayed: readonly Attempt[] = [
  ...[' ', '=', '.', '\n', 'A', '%20'].flatMap((more): Attempt[] => [
    async (shop) => {
      const { client, token } = await proposed(shop)
      await accepted(client, token)
      return wrongIf(await accepted(client, token + more), 'a proposal worked twice')
    },
  ]),
  ...times(6, (): Attempt => async (shop) => {
    const { client, token } = await proposed(shop)
    const answers = await Promise.all(times(20, () => accepted(client, token)))
    return wrongIf(answers.filter(Boolean).length !== 1, 'a proposal did not work once')
  }),
  ...times(6, (): Attempt => async (shop) => {
    const { client, token } = await proposed(shop)
    await accepted(client, token)
    await client.send('mutation { clearCart { __typename } }')
    return wrongIf(await accepted(client, token), 'a proposal worked again after the cart was cleared')
  }),
  ...times(7, (): Attempt => async (shop) => {
    const { token } = await proposed(shop)
    const others = await Promise.all([accepted(await shop.guest(), token), accepted(shop.victim.client, token)])
    return wrongIf(others.some(Boolean), "another's proposal worked")
  }),
]

interface Forgery {
  readonly claims?: Record<string, unknown>
  /** Of each line that was proposed. */
  readonly line?: Readonly<Record<string, unknown>>
  readonly secret?: string
  readonly issuer?: string
  readonly audience?: string
  readonly algorithm?: string
  readonly issuedAt?: number
  readonly expires?: number
  readonly id?: string
}

const now = () => Math.floor(Date.now() / 1_000)

/** Alters what a real proposal says, and signs it as whoever does not have the secret would. */
function forged(forgery: Forgery, ownSecret = true): Attempt {
  return async (shop) => {
    const { client, token } = await proposed(shop)
    const real = decodeJwt<{ owner: unknown; lines: object[] }>(token)
    const { jti, iss, aud } = real as Record<string, string>
    const lines = real.lines.map((line) => ({ ...line, ...forgery.line }))
    const secret = forgery.secret ?? (ownSecret ? proposalSecret : 'the secret of somebody else, as long as ours')
    const signed = await new SignJWT({ owner: real.owner, lines, ...forgery.claims })
      .setProtectedHeader({ alg: forgery.algorithm ?? 'HS256' })
      .setIssuer(forgery.issuer ?? iss ?? '')
      .setAudience(forgery.audience ?? aud ?? '')
      .setJti(forgery.id ?? jti ?? '')
      .setIssuedAt(forgery.issuedAt ?? now())
      .setExpirationTime(forgery.expires ?? now() + 300)
      .sign(new TextEncoder().encode(secret))
    return wrongIf(await accepted(client, signed), `a forged proposal worked: ${JSON.stringify(forgery)}`)
  }
}

/** Changes one part of the token and keeps its signature. */
function altered(change: (payload: Json) => void): Attempt {
  return async (shop) => {
    const { client, token } = await proposed(shop)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const read: Json = JSON.parse(Buffer.from(payload, 'base64url').toString())
    change(read)
    const other = [header, Buffer.from(JSON.stringify(read)).toString('base64url'), signature].join('.')
    return wrongIf(await accepted(client, other), 'an altered proposal worked')
  }
}

const someVariant = { variantId: newUuid(), quantity: 1, price: { amount: 1, currency: 'GBP' } }

export const forgeries: readonly Attempt[] = [
  ...times(4, (at) => forged({ claims: at % 2 === 0 ? {} : { lines: [someVariant] } }, false)),
  forged({ issuer: 'souk-gateway' }),
  forged({ audience: 'souk-orders' }),
  forged({
    algorithm: 'HS512',
    secret: 'the secret of somebody else, which is as long as HS512 would like to have it',
  }),
  forged({ issuedAt: now() - 3_600, expires: now() + 3_600 }),
  forged({ issuedAt: now() + 3_600, expires: now() + 7_200 }),
  forged({ expires: now() - 1 }),
  forged({ id: 'no-id' }),
  forged({ claims: { owner: { kind: 'guest', id: newUuid() } } }),
  forged({ claims: { owner: { kind: 'admin', id: newUuid() } } }),
  forged({ claims: { lines: [] } }),
  forged({ claims: { lines: [someVariant] } }),
  ...[21, 0, -1, 1.5].map((quantity) => forged({ line: { quantity } })),
  forged({ line: { price: { amount: 1, currency: 'GBP' } } }),
  forged({ line: { price: { amount: 295, currency: 'JPY' } } }),
  altered((payload) => (payload.lines[0].quantity = 20)),
  altered((payload) => (payload.lines[0].price.amount = 1)),
  altered((payload) => (payload.exp = Number(payload.exp) + 86_400)),
  altered((payload) => (payload.jti = newUuid())),
  altered((payload) => (payload.owner.id = newUuid())),
  async (shop) => {
    const { client, token } = await proposed(shop)
    const unsigned = new UnsecuredJWT(decodeJwt(token)).encode()
    return wrongIf(await accepted(client, unsigned), 'a proposal without a signature worked')
  },
]
