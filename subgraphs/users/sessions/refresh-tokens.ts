import { createHash, createHmac, randomBytes } from 'node:crypto'

const tokenBytes = 32

/** 256 bits that nobody can guess. */
export function newRefreshToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

export function newSuccessorKey(): Uint8Array {
  return randomBytes(tokenBytes)
}

/**
 * The token that follows: always the same, so that it can be given again without being kept. The store has the key and
 * hashes of tokens, and a thief perhaps an old token: neither can make it alone.
 */
export function successorOf(refreshToken: string, successorKey: Uint8Array): string {
  return createHmac('sha256', successorKey).update(refreshToken).digest('base64url')
}

/** A fast hash will do: there is nothing to guess from. */
export function hashOf(refreshToken: string): Buffer {
  return createHash('sha256').update(refreshToken).digest()
}
