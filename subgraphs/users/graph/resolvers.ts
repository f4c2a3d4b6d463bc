import { SoukError } from '../../../platform/errors.ts'
import { parseInput } from '../../../platform/graphql/refusals.ts'
import { denied } from '../../../platform/graphql/rules.ts'
import { isStaff, isUser, type Viewer } from '../../../platform/identity/viewer.ts'
import type { NewId } from '../../../platform/ids.ts'
import { addressInput } from '../../../contracts/address.ts'
import type { AddressBook } from '../addresses.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { SignIn } from '../sign-in.ts'
import { addressAnswer, refreshAnswer, sessionAnswer, signInAnswer, signUpAnswer } from './answers.ts'
import type { Resolvers } from './generated.ts'
import { signInInput, signUpInput } from './inputs.ts'

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
      startGuestSession: async (_root, _args, { viewer, network }) =>
        sessionAnswer(await sessions.guest(viewer.kind === 'guest' ? viewer.id : newId(), network)),
      async signUp(_root, args, { network }) {
        const input = parseInput(signUpInput, args.input)
        return input.ok ? signUpAnswer(await signIn.signUp(input.value, network)) : input.refusal
      },
      async signIn(_root, args, { network }) {
        const input = parseInput(signInInput, args.input)
        return input.ok ? signInAnswer(await signIn.signIn(input.value, network)) : input.refusal
      },
      refreshSession: async (_root, { refreshToken }, { network }) =>
        refreshAnswer(await sessions.refresh(refreshToken, network)),
      signOut: (_root, { refreshToken }, { network }) => sessions.end(refreshToken, network),
      async addAddress(_root, args, { viewer }) {
        const input = parseInput(addressInput, args.input)
        return input.ok ? addressAnswer(await addressBook.add(signedIn(viewer), input.value)) : input.refusal
      },
      removeAddress: (_root, { id }, { viewer }) => addressBook.remove(signedIn(viewer), id),
    },
    User: {
      async __resolveReference({ id }, { viewer, accounts }) {
        // Before it is looked up, so that a stranger does not learn whether it exists.
        if (!isUser(viewer, id) && !isStaff(viewer)) throw denied(viewer)
        return (await accounts.load(id)) ?? null
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
