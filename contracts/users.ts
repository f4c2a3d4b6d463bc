import { z } from 'zod'

import { contract, type DataOf } from '../platform/messaging/contract.ts'
import { id } from './values.ts'

/** Keyed by the user's id. */
export const userSignedUp = contract({
  type: 'users.UserSignedUp',
  stream: 'log',
  data: z.object({
    userId: id,
    email: z.email(),
    name: z.string(),
    /** The account was brought along from elsewhere: nobody waits for a welcome. */
    imported: z.boolean().optional(),
  }),
})
export type UserSignedUp = DataOf<typeof userSignedUp>

/** A guest signed up or in: what the guest session held is now the user's. Keyed by the user's id. */
export const guestIdentified = contract({
  type: 'users.GuestIdentified',
  stream: 'log',
  data: z.object({ guestId: id, userId: id }),
})
export type GuestIdentified = DataOf<typeof guestIdentified>
