import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { writeWhole } from '../../embedded/write-whole.ts'

const ownersAlone = 0o600

export interface PassportKeys {
  /** Of the gateway alone. */
  readonly privateKeyFile: string
  readonly publicKeyFile: string
}

/** The pair that passports are signed and verified with, as PEM; made where it is missing. */
export async function ensurePassportKeys(folder: string): Promise<PassportKeys> {
  const privateKeyFile = join(folder, 'passport-private.pem')
  const publicKeyFile = join(folder, 'passport-public.pem')
  if (!existsSync(privateKeyFile) || !existsSync(publicKeyFile)) {
    const { privateKey, publicKey } = newPassportKeys()
    await mkdir(folder, { recursive: true })
    await writeWhole(publicKeyFile, publicKey, ownersAlone)
    // Last, since the pair is there when it is.
    await writeWhole(privateKeyFile, privateKey, ownersAlone)
  }
  return { privateKeyFile, publicKeyFile }
}

/** As PEM. */
export function newPassportKeys(): { readonly privateKey: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}
