import { hash, verify } from '@node-rs/argon2'

// What OWASP asks of argon2id (the library's default variant): 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @param password normalised */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** Whether the password is the one that was hashed. Costs the same when there is no hash, so that nobody learns that. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (passwordHash !== undefined) return verify(passwordHash, password)
  await hashPassword(password)
  return false
}
