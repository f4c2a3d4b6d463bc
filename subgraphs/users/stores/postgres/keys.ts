import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { KeyStore, StoredKey } from '../store.ts'

const keyRow = z
  .object({
    kid: z.string(),
    private_jwk: z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), d: z.string() }),
    created_at: z.date(),
    expires_at: z.date().nullable(),
  })
  .transform(({ kid, private_jwk: privateJwk, created_at: createdAt, expires_at: expiresAt }): StoredKey => ({
    kid,
    privateJwk,
    createdAt,
    ...(expiresAt === null ? {} : { expiresAt }),
  }))

export function postgresKeys(queryable: Queryable): KeyStore {
  return {
    async lockKeys() {
      // Those who only read go on.
      await queryable.query('lock table signing_key in share row exclusive mode')
    },

    async addKey({ kid, privateJwk, createdAt, expiresAt }) {
      await queryable.query(
        'insert into signing_key (kid, private_jwk, created_at, expires_at) values ($1, $2, $3, $4)',
        [kid, JSON.stringify(privateJwk), createdAt, expiresAt ?? null],
      )
    },

    async keys(now) {
      const { rows } = await queryable.query(
        `select kid, private_jwk, created_at, expires_at from signing_key
         where expires_at is null or expires_at > $1 order by created_at desc, kid`,
        [now],
      )
      return rows.map((row) => keyRow.parse(row))
    },

    async retireKeys(expiresAt) {
      await queryable.query('update signing_key set expires_at = $1 where expires_at is null', [expiresAt])
    },

    async forgetKeys(expiredBefore) {
      await queryable.query('delete from signing_key where expires_at < $1', [expiredBefore])
    },
  }
}
