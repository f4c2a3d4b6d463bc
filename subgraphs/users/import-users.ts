import { userSignedUp } from '../../contracts/users.ts'
import type { PostalAddress } from '../../contracts/address.ts'
import { outgoing } from '../../platform/messaging/message.ts'
import type { Database } from '../../platform/messaging/database.ts'
import type { Account } from './domain/account.ts'
import { normalizePassword } from './domain/password.ts'
import type { Passwords } from './passwords/hash.ts'
import type { UsersStore } from './stores/store.ts'

export interface ImportedAddress extends Omit<PostalAddress, 'line2'> {
  readonly id: string
  readonly line2?: string | null | undefined
}

/** An account from elsewhere: the demonstration's. */
export interface ImportedUser extends Account {
  readonly password: string
  /** The first is the default. */
  readonly addresses: readonly ImportedAddress[]
}

interface ImportParts {
  readonly database: Database<UsersStore>
  readonly passwords: Passwords
}

/** Makes the accounts that are not there yet, each with its addresses in one transaction. Returns how many it made. */
export async function importUsers(users: readonly ImportedUser[], parts: ImportParts): Promise<number> {
  const known = new Set((await parts.database.store.accounts(users.map(({ id }) => id))).map(({ id }) => id))
  let made = 0
  for (const user of users.filter(({ id }) => !known.has(id))) if (await importUser(user, parts)) made += 1
  return made
}

async function importUser(
  { password, addresses, ...account }: ImportedUser,
  { database, passwords }: ImportParts,
): Promise<boolean> {
  const { id, email, name, createdAt } = account
  const passwordHash = await passwords.hash(normalizePassword(password))
  return database.transaction(async (transaction) => {
    const { store } = transaction
    if (!(await store.addAccount({ ...account, passwordHash }))) return false
    for (const [place, address] of addresses.entries()) {
      await store.addAddress({
        ...address,
        line2: address.line2 ?? undefined,
        userId: id,
        isDefault: place === 0,
        createdAt,
      })
    }
    transaction.publish(
      outgoing(userSignedUp, { key: id, version: 1, data: { userId: id, email, name, imported: true } }),
    )
    return true
  })
}
