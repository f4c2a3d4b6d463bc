import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { writeWhole } from '../../embedded/write-whole.ts'

const bytes = 32

/** The file of what the assistant signs proposals with, and cart verifies them by; made where it is missing. */
export async function ensureProposalSecret(folder: string): Promise<string> {
  const path = join(folder, 'proposal-secret')
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  await writeWhole(path, newProposalSecret(), 0o600)
  return path
}

export function newProposalSecret(): string {
  return randomBytes(bytes).toString('base64url')
}
