import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { SessionOwner } from '../../domain/session.ts'
import type { StoredToken, TokenStore } from '../store.ts'

const tokenRow = z
  .object({
    family_id: z.string(),
    user_id: z.string().nullable(),
    guest_id: z.string().nullable(),
    successor_key: z.instanceof(Uint8Array),
    expires_at: z.date(),
    ended: z.boolean(),
    used_for: z.number().nullable(),
  })
  .transform((row): StoredToken => ({
    family: {
      id: row.family_id,
      owner: ownerOf(row),
      successorKey: row.successor_key,
      expiresAt: row.expires_at,
      ended: row.ended,
    },
    usedFor: row.used_for ?? undefined,
  }))

const endedRow = z
  .object({ id: z.string(), ended_at: z.date() })
  .transform(({ id, ended_at: endedAt }) => ({ id, endedAt }))

function ownerOf(row: { family_id: string; user_id: string | null; guest_id: string | null }): SessionOwner {
  if (row.user_id !== null) return { kind: 'user', userId: row.user_id, guestId: row.guest_id ?? undefined }
  if (row.guest_id === null) throw new Error(`the family ${row.family_id} is nobody's`)
  return { kind: 'guest', guestId: row.guest_id }
}

export function postgresTokens(queryable: Queryable): TokenStore {
  return {
    async addFamily({ id, owner, successorKey, expiresAt }) {
      await queryable.query(
        `insert into token_family (id, user_id, guest_id, successor_key, expires_at) values ($1, $2, $3, $4, $5)`,
        [id, owner.kind === 'user' ? owner.userId : null, owner.guestId ?? null, successorKey, expiresAt],
      )
    },

    async addToken(familyId, hash) {
      await queryable.query('insert into refresh_token (hash, family_id) values ($1, $2)', [hash, familyId])
    },

    async lockToken(hash) {
      // Not now(): a transaction that waited for the lock began before the one that used the token.
      const { rows } = await queryable.query(
        `select family_id, user_id, guest_id, successor_key, expires_at, ended_at is not null as ended,
           case when used_at is not null
             then coalesce(extract(epoch from clock_timestamp() - exchanged_at) * 1000, 1e15) end::float8 as used_for
         from refresh_token join token_family on token_family.id = family_id where hash = $1 for update`,
        [hash],
      )
      return rows[0] === undefined ? undefined : tokenRow.parse(rows[0])
    },

    async useToken(hash, usedAt) {
      const { rowCount } = await queryable.query(
        `update refresh_token set used_at = $2, exchanged_at = clock_timestamp() where hash = $1 and used_at is null`,
        [hash, usedAt],
      )
      return rowCount === 1
    },

    async isUnused(hash) {
      const { rows } = await queryable.query('select from refresh_token where hash = $1 and used_at is null', [hash])
      return rows.length === 1
    },

    async prolongFamily(id, expiresAt) {
      await queryable.query('update token_family set expires_at = $2 where id = $1', [id, expiresAt])
    },

    async endFamily(id, endedAt) {
      await queryable.query('update token_family set ended_at = $2 where id = $1 and ended_at is null', [id, endedAt])
    },

    async endGuest(guestId, endedAt) {
      await queryable.query(
        'update token_family set ended_at = $2 where guest_id = $1 and user_id is null and ended_at is null',
        [guestId, endedAt],
      )
    },

    async endedFamilies(since) {
      const { rows } = await queryable.query('select id, ended_at from token_family where ended_at > $1', [since])
      return rows.map((row) => endedRow.parse(row))
    },

    async forgetTokens(before, guestsBefore) {
      await queryable.query(
        `with over as (delete from token_family where expires_at < $1 or (user_id is null and expires_at < $2))
         delete from refresh_token where used_at < $1`,
        [before, guestsBefore],
      )
    },
  }
}
