import { allow, federationFields, isSignedIn, viewerRule, denied } from '../../../platform/graphql/rules.ts'
import { isStaff, isUser } from '../../../platform/identity/viewer.ts'
import type { AddressModel, UserModel } from './models.ts'

const isSelfOrStaff = viewerRule<UserModel>(
  'isSelfOrStaff',
  (viewer, user) => user.proven === true || isUser(viewer, user.id) || isStaff(viewer) || denied(viewer),
)

const isOwnAddress = viewerRule<AddressModel>(
  'isOwnAddress',
  (viewer, { proven, userId }) => proven === true || isUser(viewer, userId) || isStaff(viewer) || denied(viewer),
)

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  Query: { ...federationFields, me: allow },
  Mutation: {
    startGuestSession: allow,
    signUp: allow,
    signIn: allow,
    // The token is the permission.
    refreshSession: allow,
    signOut: allow,
    addAddress: isSignedIn,
    removeAddress: isSignedIn,
  },
  User: isSelfOrStaff,
  Address: isOwnAddress,
  // Seen only by whoever has just been given it.
  Session: allow,
  Refused: allow,
  InvalidInput: allow,
}
