import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const bytes = 32

/** The file of what the assistant signs proposals with, and cart verifies them by; made where it is missing. */
export async function ensureProposalSecret(folder: string): Promise<string> {
  const path = join(folder, 'proposal-secret')
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  await writeFile(`${path}.draft`, newProposalSecret(), { mode: 0o600 })
  await rename(`${path}.draft`, path)
  return path
}

export function newProposalSecret(): string {
  return randomBytes(bytes).toString('base64url')
}
