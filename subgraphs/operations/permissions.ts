import { allow, federationFields, isStaff } from '../../platform/graphql/rules.ts'

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  Query: { ...federationFields, deadLetters: isStaff },
  Mutation: { replayDeadLetter: isStaff },
  DeadLetterConnection: isStaff,
  DeadLetterEdge: isStaff,
  DeadLetter: isStaff,
  PageInfo: allow,
}
