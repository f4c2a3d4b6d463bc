import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { KnownToken } from '../../domain.ts'
import type { TokenStore } from '../store.ts'

const tokenRow = z
  .object({
    family_id: z.string(),
    user_id: z.string(),
    guest_id: z.string().nullable(),
    expires_at: z.date(),
    ended: z.boolean(),
    used: z.boolean(),
  })
  .transform(({ used, ended, ...row }): KnownToken => ({
    used,
    family: {
      id: row.family_id,
      userId: row.user_id,
      ...(row.guest_id === null ? {} : { guestId: row.guest_id }),
      expiresAt: row.expires_at,
      ended,
    },
  }))

export function postgresTokens(queryable: Queryable): TokenStore {
  return {
    async addFamily({ id, userId, guestId, expiresAt }) {
      await queryable.query('insert into token_family (id, user_id, guest_id, expires_at) values ($1, $2, $3, $4)', [
        id,
        userId,
        guestId ?? null,
        expiresAt,
      ])
    },

    async addToken(familyId, hash) {
      await queryable.query('insert into refresh_token (hash, family_id) values ($1, $2)', [hash, familyId])
    },

    async lockToken(hash) {
      const { rows } = await queryable.query(
        `select family_id, user_id, guest_id, expires_at, ended_at is not null as ended, used_at is not null as used
         from refresh_token join token_family on token_family.id = family_id where hash = $1 for update`,
        [hash],
      )
      return rows[0] === undefined ? undefined : tokenRow.parse(rows[0])
    },

    async useToken(hash, usedAt) {
      const { rowCount } = await queryable.query(
        'update refresh_token set used_at = $2 where hash = $1 and used_at is null',
        [hash, usedAt],
      )
      return rowCount === 1
    },

    async prolongFamily(id, expiresAt) {
      await queryable.query('update token_family set expires_at = $2 where id = $1', [id, expiresAt])
    },

    async endFamily(id, endedAt) {
      await queryable.query('update token_family set ended_at = $2 where id = $1 and ended_at is null', [id, endedAt])
    },

    async forgetTokens(before) {
      await queryable.query(
        `with over as (delete from token_family where expires_at < $1)
         delete from refresh_token where used_at < $1`,
        [before],
      )
    },
  }
}
