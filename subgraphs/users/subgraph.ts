import type { JSONWebKeySet } from 'jose'

import { accessTokenVerifier } from '../../platform/identity/access-token.ts'
import type { AnnounceEnded } from '../../platform/identity/ended-sessions.ts'
import { defineSubgraph } from '../../platform/subgraph/define.ts'
import type { SubgraphDependencies } from '../../platform/subgraph/deps.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import { accessTokenOffice } from './tokens/access-tokens.ts'
import { createAddressBook } from './addresses.ts'
import type { LimitAttempts } from '../../platform/limits/attempts.ts'
import { networkOf } from '../../platform/limits/network.ts'
import { passwordJudge } from './passwords/strength.ts'
import { createPasswords } from './passwords/hash.ts'
import { createLimits } from './limits/limits.ts'
import type { UsersConfig } from './config.ts'
import type { Context } from './graph/context.ts'
import { isDemoAccount } from './domain/account.ts'
import { importUsers, type ImportedUser } from './import-users.ts'
import { accountLoader, addressLoader } from './graph/loaders.ts'
import { permissions } from './graph/permissions.ts'
import { createResolvers } from './graph/resolvers.ts'
import { endedAnnouncements } from './sessions/ended.ts'
import { createSessions } from './sessions/sessions.ts'
import { createSignIn } from './sign-in.ts'
import { signingKeys } from './tokens/signing-keys.ts'
import { forgetWhatExpired } from './sessions/upkeep.ts'
import type { UsersStore, UsersStores } from './stores/store.ts'

export interface UsersSubgraph extends Subgraph {
  /** The public keys of the access tokens. */
  jwks(): Promise<JSONWebKeySet>
  /** Lets a new key sign from now on. */
  rotateSigningKey(): Promise<void>
  /** Makes the accounts that are not there yet; returns how many. @throws in production */
  importUsers(users: readonly ImportedUser[]): Promise<number>
}

/** What replicas' clocks may differ by, and issuing a token may take. */
const margin = 60_000

interface UsersParts {
  readonly config: UsersConfig
  readonly limitAttempts: LimitAttempts
  /** Tells the gateways whose access tokens are good for nothing any more. */
  readonly announceEnded: AnnounceEnded
}

export function createUsersSubgraph(
  dependencies: SubgraphDependencies<UsersStores>,
  { config, limitAttempts, announceEnded: announce }: UsersParts,
): UsersSubgraph {
  const { stores, clock, newId, log } = dependencies
  const { database } = stores
  const production = config.NODE_ENV === 'production'
  const tokensLiveFor = config.ACCESS_TOKEN_MINUTES * 60_000
  const sessionsLiveFor = config.REFRESH_TOKEN_DAYS * 86_400_000
  const { store } = database
  const isShutOut = ({ email }: { email: string }) => production && isDemoAccount(email)

  const keys = signingKeys({ database, clock, tokensLiveFor })
  const issue = accessTokenOffice({ keys, clock, newId, tokensLiveFor })
  const verify = accessTokenVerifier({ jwks: keys.jwks, clock })
  const limits = createLimits(limitAttempts, config)
  const passwords = createPasswords({ atOnce: config.PASSWORDS_AT_ONCE, waiting: config.PASSWORDS_WAITING })
  const refreshGrace = config.REFRESH_GRACE_SECONDS * 1_000
  const lifetimes = { sessionsLiveFor, refreshGrace }
  const endedRemembered = tokensLiveFor + margin
  const ended = endedAnnouncements({ store, announce, clock, log, remembered: endedRemembered })
  const sessions = createSessions({
    ...{ database, issue, clock, newId, log, limits, ...lifetimes, isShutOut },
    announceEnded: ended.announceNew,
  })
  const judge = passwordJudge()
  const signIn = createSignIn({ database, sessions, verify, clock, newId, passwords, judge, limits, isShutOut })
  const addressBook = createAddressBook({ database, clock, newId })

  const subgraph = defineSubgraph<Context, UsersStore>(
    {
      name: 'users',
      schemaFile: new URL('./schema.graphql', import.meta.url),
      sharedSchemas: new URL('../../contracts/graph/', import.meta.url),
      resolvers: createResolvers({ sessions, signIn, addressBook, newId }),
      permissions,
      createContext: (viewer, { clientAddress }) => ({
        viewer,
        network: clientAddress === undefined ? undefined : networkOf(clientAddress),
        accounts: accountLoader(store),
        addresses: addressLoader(store),
      }),
      async startWorkers() {
        await keys.ensure()
        const upkeep = forgetWhatExpired({ store, clock, log, sessionsLiveFor, endedRemembered })
        return [upkeep, await ended.start()]
      },
    },
    dependencies,
  )
  return {
    ...subgraph,
    jwks: keys.jwks,
    rotateSigningKey: keys.rotate,
    async importUsers(users) {
      if (production) throw new Error('accounts of the demonstration are not made in production')
      return importUsers(users, { database, passwords })
    },
  }
}
