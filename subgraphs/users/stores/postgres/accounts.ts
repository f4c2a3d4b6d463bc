import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { Account } from '../../domain/account.ts'
import type { AccountStore } from '../store.ts'

const accountRow = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    roles: z.array(z.enum(['SHOPPER', 'STAFF', 'ADMIN'])),
    created_at: z.date(),
  })
  .transform(({ created_at: createdAt, ...account }): Account => ({ ...account, createdAt }))

const passwordRow = z.object({ password_hash: z.string() })

const columns = 'id, email, name, roles, created_at'

export function postgresAccounts(queryable: Queryable): AccountStore {
  return {
    async addAccount({ id, email, name, roles, passwordHash, createdAt }) {
      const { rowCount } = await queryable.query(
        `insert into account (id, email, name, roles, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [id, email, name, roles, passwordHash, createdAt],
      )
      return rowCount === 1
    },

    async accounts(ids) {
      const { rows } = await queryable.query(`select ${columns} from account where id = any($1)`, [ids])
      return rows.map((row) => accountRow.parse(row))
    },

    async accountByEmail(email) {
      const { rows } = await queryable.query(`select ${columns}, password_hash from account where email = $1`, [email])
      const [row] = rows
      if (row === undefined) return undefined
      return { account: accountRow.parse(row), passwordHash: passwordRow.parse(row).password_hash }
    },

    async lockAccount(id) {
      const { rows } = await queryable.query(`select ${columns} from account where id = $1 for update`, [id])
      return rows[0] === undefined ? undefined : accountRow.parse(rows[0])
    },

    async nextVersion(id) {
      const { rows } = await queryable.query<{ version: number }>(
        'update account set version = version + 1 where id = $1 returning version',
        [id],
      )
      if (rows[0] === undefined) throw new Error(`there is no account ${id}`)
      return rows[0].version
    },
  }
}
