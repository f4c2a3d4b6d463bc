import { systemClock } from '../../platform/clock.ts'
import { ConfigError, type Environment } from '../../platform/config.ts'
import { errandControl } from '../../platform/identity/errand.ts'
import { passportKeysFrom, type PassportKeys } from '../../platform/identity/passport-keys.ts'
import { passportOffice } from '../../platform/identity/passport.ts'
import { asError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import type { GatewayDependencies } from '../dependencies.ts'
import type { HttpSubgraph } from '../fetch/http/http-subgraph.ts'
import { keysFrom } from '../fetch/http/keys.ts'
import { readIdentityConfig } from './config.ts'

interface IdentityParts {
  readonly environment: Environment | undefined
  /** The link to users that is in use: another one may be later. */
  users(): Pick<HttpSubgraph, 'get'>
  /** Milliseconds that it may take over its keys. */
  readonly deadline: number
  readonly log: Logger
}

export interface Identity extends Required<Pick<GatewayDependencies, 'passports' | 'readErrand' | 'jwks'>> {
  /** Reads the keys, so that they are good when users goes down before anybody has asked. What fails here is tried at the first token. */
  readKeys(): void
}

/** Who asks, in Souk: access tokens of users' in, passports for subgraphs out. @throws ConfigError */
export async function soukIdentity({ environment, users, deadline, log }: IdentityParts): Promise<Identity> {
  const { privateKey, publicKey } = await passportKeys(readIdentityConfig(environment).PASSPORT_PRIVATE_KEY)
  const jwks = keysFrom({ get: (path, signal) => users().get(path, signal) }, { deadline, log })
  return {
    passports: passportOffice({ privateKey, clock: systemClock }),
    readErrand: errandControl({ publicKey, clock: systemClock }),
    jwks,
    readKeys() {
      jwks().catch((thrown: unknown) => log.info({ err: asError(thrown) }, 'users has no keys yet'))
    },
  }
}

async function passportKeys(pem: string): Promise<PassportKeys> {
  try {
    return await passportKeysFrom(pem)
  } catch (cause) {
    throw new ConfigError('PASSPORT_PRIVATE_KEY is not valid: expected a private key of Ed25519 as PEM', { cause })
  }
}
