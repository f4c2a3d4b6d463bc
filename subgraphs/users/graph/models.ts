import type { Account } from '../domain/account.ts'
import type { Address } from '../domain/address.ts'

/** What the resolvers of a graph type are handed, where it is not the graph's own shape. */

/**
 * A user. `proven` when the request itself has just shown who it is, by password or refresh token: the answer to a
 * sign-in may be read though the one who sent it was a guest.
 */
export interface UserModel extends Account {
  readonly proven?: true
}

export interface AddressModel extends Address {
  readonly proven?: true
}
