import { z } from 'zod'

import type { Queryable } from '../../../../platform/postgres/database.ts'
import type { Address } from '../../domain/address.ts'
import type { AddressStore } from '../store.ts'

const addressRow = z
  .object({
    id: z.string(),
    user_id: z.string(),
    recipient: z.string(),
    line1: z.string(),
    line2: z.string().nullable(),
    city: z.string(),
    postcode: z.string(),
    country: z.string(),
    is_default: z.boolean(),
    created_at: z.date(),
  })
  .transform(({ user_id: userId, line2, is_default: isDefault, created_at: createdAt, ...address }): Address => {
    return { ...address, userId, ...(line2 === null ? {} : { line2 }), isDefault, createdAt }
  })

const columns = 'id, user_id, recipient, line1, line2, city, postcode, country, is_default, created_at'

export function postgresAddresses(queryable: Queryable): AddressStore {
  return {
    async addresses(userIds) {
      const { rows } = await queryable.query(
        `select ${columns} from address where user_id = any($1) order by user_id, created_at, id`,
        [userIds],
      )
      return rows.map((row) => addressRow.parse(row))
    },

    async addAddress({ id, userId, recipient, line1, line2, city, postcode, country, isDefault, createdAt }) {
      await queryable.query(`insert into address (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, [
        id,
        userId,
        recipient,
        line1,
        line2 ?? null,
        city,
        postcode,
        country,
        isDefault,
        createdAt,
      ])
    },

    async removeAddress(userId, id) {
      const { rows } = await queryable.query(
        `delete from address where user_id = $1 and id = $2 returning ${columns}`,
        [userId, id],
      )
      return rows[0] === undefined ? undefined : addressRow.parse(rows[0])
    },

    async makeDefault(id) {
      await queryable.query('update address set is_default = true where id = $1', [id])
    },
  }
}
