import { allow, isStaff } from '../../../platform/graphql/rules.ts'

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  // There are no entities here, so there is no `_entities`.
  Query: { _service: allow, deadLetters: isStaff },
  Mutation: { replayDeadLetter: isStaff },
  DeadLetterConnection: isStaff,
  DeadLetterEdge: isStaff,
  DeadLetter: isStaff,
  PageInfo: allow,
}
