import { createPublicKey } from 'node:crypto'

import { generateKeyPair, importPKCS8, importSPKI, type CryptoKey } from 'jose'

import { ConfigError } from '../../platform/config.ts'
import { passportAlgorithm } from '../../platform/identity/passport.ts'
import type { EmbeddedConfig } from '../config.ts'

interface PassportKeys {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

/** A pair for this process alone; the one that is given, where others have its public half. @throws ConfigError */
export async function passportKeys({
  PASSPORT_PRIVATE_KEY: pem,
  apart,
}: Pick<EmbeddedConfig, 'PASSPORT_PRIVATE_KEY' | 'apart'>): Promise<PassportKeys> {
  if (pem === undefined) {
    const [name] = apart.keys()
    if (name === undefined) return generateKeyPair(passportAlgorithm)
    throw new ConfigError(`PASSPORT_PRIVATE_KEY is missing: ${name} runs apart, and believes nobody without it`)
  }
  try {
    const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
    return {
      privateKey: await importPKCS8(pem, passportAlgorithm),
      publicKey: await importSPKI(publicPem, passportAlgorithm),
    }
  } catch (cause) {
    throw new ConfigError('PASSPORT_PRIVATE_KEY is not valid: expected a private key of Ed25519 as PEM', { cause })
  }
}
