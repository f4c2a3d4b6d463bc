import { SoukError } from '../../../platform/errors.ts'
import { denied } from '../../../platform/graphql/rules.ts'
import { isStaff, isUser, type Viewer } from '../../../platform/identity/viewer.ts'
import { isUuid, type NewId } from '../../../platform/ids.ts'
import type { AddressBook } from '../addresses.ts'
import type { Resolvers } from './generated.ts'
import type { Sessions } from '../sessions.ts'
import type { SignIn } from '../sign-in.ts'

export function createResolvers(dependencies: {
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly addressBook: AddressBook
  readonly newId: NewId
}): Resolvers {
  const { sessions, signIn, addressBook, newId } = dependencies
  return {
    Query: {
      me: async (_root, _args, { viewer, accounts }) =>
        viewer.kind === 'user' ? ((await accounts.load(viewer.id)) ?? null) : null,
    },
    Mutation: {
      startGuestSession: (_root, _args, { viewer }) => sessions.guest(viewer.kind === 'guest' ? viewer.id : newId()),
      signUp: (_root, { input }) => signIn.signUp(input),
      signIn: (_root, { input }) => signIn.signIn(input),
      refreshSession: (_root, { refreshToken }) => sessions.refresh(refreshToken),
      signOut: (_root, { refreshToken }) => sessions.end(refreshToken),
      addAddress: (_root, { input }, { viewer }) => addressBook.add(signedIn(viewer), input),
      removeAddress: (_root, { id }, { viewer }) => addressBook.remove(signedIn(viewer), id),
    },
    User: {
      async __resolveReference({ id }, { viewer, accounts }) {
        // Before it is looked up, so that a stranger does not learn whether it exists.
        if (!isUser(viewer, id) && !isStaff(viewer)) throw denied(viewer)
        return (isUuid(id) ? await accounts.load(id) : undefined) ?? null
      },
      addresses: async ({ id, proven }, _args, { addresses }) =>
        (await addresses.load(id)).map((address) => ({ ...address, ...(proven === undefined ? {} : { proven }) })),
    },
  }
}

function signedIn(viewer: Viewer): string {
  if (viewer.kind !== 'user') throw new SoukError('UNAUTHENTICATED')
  return viewer.id
}
