import type { Database } from '../../../platform/messaging/database.ts'
import type { Stores } from '../../../platform/subgraph/deps.ts'
import type { JWK } from 'jose'

import type { Account } from '../domain/account.ts'
import type { Address } from '../domain/address.ts'
import type { TokenFamily } from '../domain/session.ts'

export interface NewAccount extends Account {
  readonly passwordHash: string
}

export interface AccountWithPassword {
  readonly account: Account
  readonly passwordHash: string
}

/** Every method of these stores is part of the transaction that the store was opened in. */
export interface AccountStore {
  /** False when the id or the e-mail address is taken. */
  addAccount(account: NewAccount): Promise<boolean>
  accounts(ids: readonly string[]): Promise<Account[]>
  accountByEmail(email: string): Promise<AccountWithPassword | undefined>
  /** Locked until the transaction ends. */
  lockAccount(id: string): Promise<Account | undefined>
  /** Counts a change of what is published of the account; returns its version. */
  nextVersion(id: string): Promise<number>
}

export interface AddressStore {
  /** Oldest first. */
  addresses(userIds: readonly string[]): Promise<Address[]>
  addAddress(address: Address): Promise<void>
  /** Returns it as it was. */
  removeAddress(userId: string, id: string): Promise<Address | undefined>
  makeDefault(id: string): Promise<void>
}

/** A refresh token that somebody presents. */
export interface StoredToken {
  readonly family: TokenFamily
  /** Milliseconds since it was used, by the store's clock; undefined when it was not. */
  readonly usedFor?: number | undefined
}

export interface TokenStore {
  addFamily(family: TokenFamily): Promise<void>
  addToken(familyId: string, hash: Buffer): Promise<void>
  /** The token and its family, locked until the transaction ends. */
  lockToken(hash: Buffer): Promise<StoredToken | undefined>
  /** False when it was used before. */
  useToken(hash: Buffer, usedAt: Date): Promise<boolean>
  isUnused(hash: Buffer): Promise<boolean>
  prolongFamily(id: string, expiresAt: Date): Promise<void>
  endFamily(id: string, endedAt: Date): Promise<void>
  /** Ends all sessions of a guest. */
  endGuest(guestId: string, endedAt: Date): Promise<void>
  /** Families that were ended since then. */
  endedFamilies(since: Date): Promise<{ readonly id: string; readonly endedAt: Date }[]>
  /** Forgets the families that expired before then, and the tokens that were used before then; of guests, before a moment of their own. */
  forgetTokens(before: Date, guestsBefore: Date): Promise<void>
}

export interface StoredKey {
  readonly kid: string
  readonly privateJwk: JWK
  readonly createdAt: Date
  /** Set when a newer one has taken over. */
  readonly expiresAt?: Date | undefined
}

export interface KeyStore {
  /** No other replica adds a key before the transaction ends. */
  lockKeys(): Promise<void>
  addKey(key: StoredKey): Promise<void>
  /** Those that have not expired, newest first. */
  keys(now: Date): Promise<StoredKey[]>
  /** Lets the keys that have no end yet expire. */
  retireKeys(expiresAt: Date): Promise<void>
  forgetKeys(expiredBefore: Date): Promise<void>
}

export interface UsersStore extends AccountStore, AddressStore, TokenStore, KeyStore {}

/** All that the composition hands in. */
export interface UsersStores extends Stores<UsersStore> {
  readonly database: Database<UsersStore>
}
