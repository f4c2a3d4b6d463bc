export type Role = 'SHOPPER' | 'STAFF' | 'ADMIN'

export interface Account {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly createdAt: Date
}

/** Accounts that everybody knows the password of; good for a demonstration only. */
export function isDemoAccount(email: string): boolean {
  return email.endsWith('@souk.test')
}
