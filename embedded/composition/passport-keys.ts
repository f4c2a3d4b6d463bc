import { generateKeyPair } from 'jose'

import { ConfigError } from '../../platform/config.ts'
import { passportKeysFrom, type PassportKeys } from '../../platform/identity/passport-keys.ts'
import { passportAlgorithm } from '../../platform/identity/passport.ts'
import type { EmbeddedConfig } from '../config.ts'

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
    return await passportKeysFrom(pem)
  } catch (cause) {
    throw new ConfigError('PASSPORT_PRIVATE_KEY is not valid: expected a private key of Ed25519 as PEM', { cause })
  }
}
