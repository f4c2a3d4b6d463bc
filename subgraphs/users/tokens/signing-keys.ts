import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JSONWebKeySet } from 'jose'

import type { Clock } from '../../../platform/clock.ts'
import { accessTokenAlgorithm } from '../../../platform/identity/access-token.ts'
import type { Database } from '../../../platform/messaging/database.ts'
import type { KeyStore, StoredKey } from '../stores/store.ts'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
}

export interface SigningKeys {
  /** Makes the first key, once, however many replicas start together. */
  ensure(): Promise<void>
  /** Makes a new key that signs from now on. The one before verifies until the last token it signed has expired. */
  rotate(): Promise<void>
  newest(): Promise<SigningKey>
  /** The public halves of all keys that still verify. */
  jwks(): Promise<JSONWebKeySet>
}

/** What replicas' clocks may differ by, and a signature may take. */
const margin = 60_000

export function signingKeys(parts: {
  readonly database: Database<KeyStore>
  readonly clock: Clock
  /** Milliseconds an access token lives. */
  readonly tokensLiveFor: number
}): SigningKeys {
  const { database, clock, tokensLiveFor } = parts
  // A key never changes under its name, so what was imported stays good.
  const imported = new Map<string, Promise<CryptoKey>>()

  function privateKeyOf(key: StoredKey): Promise<CryptoKey> {
    const known = imported.get(key.kid)
    if (known !== undefined) return known
    const fresh = importPrivateKey(key)
    imported.set(key.kid, fresh)
    return fresh
  }

  return {
    async ensure() {
      await database.transaction(async (transaction) => {
        const { store } = transaction
        await store.lockKeys()
        const keys = await store.keys(clock())
        if (!keys.some(({ expiresAt }) => expiresAt === undefined)) await store.addKey(await newKey(clock()))
      })
    },
    async rotate() {
      const fresh = await newKey(clock())
      await database.transaction(async (transaction) => {
        const { store } = transaction
        await store.lockKeys()
        await store.retireKeys(new Date(fresh.createdAt.getTime() + tokensLiveFor + margin))
        await store.addKey(fresh)
      })
    },
    async newest() {
      const [newest] = await database.store.keys(clock())
      if (newest === undefined) throw new Error('there is no key to sign access tokens with')
      return { kid: newest.kid, privateKey: await privateKeyOf(newest) }
    },
    async jwks() {
      const keys = await database.store.keys(clock())
      return { keys: keys.map(publicJwkOf) }
    },
  }
}

async function newKey(createdAt: Date): Promise<StoredKey> {
  const { privateKey } = await generateKeyPair(accessTokenAlgorithm, { crv: 'Ed25519', extractable: true })
  const privateJwk = await exportJWK(privateKey)
  return { kid: await calculateJwkThumbprint(privateJwk), privateJwk, createdAt }
}

async function importPrivateKey({ kid, privateJwk }: StoredKey): Promise<CryptoKey> {
  const key = await importJWK(privateJwk, accessTokenAlgorithm)
  if (key instanceof Uint8Array) throw new Error(`the key ${kid} is not a key pair`)
  return key
}

/** Named one by one, so that `d`, the secret, can never slip in. */
function publicJwkOf({ kid, privateJwk: { kty, crv, x } }: StoredKey) {
  return { kty, crv, x, kid, use: 'sig', alg: accessTokenAlgorithm }
}
