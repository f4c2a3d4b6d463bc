import { allow, federationFields, hasSession, isOwnerOrStaff, isStaff } from '../../../platform/graphql/rules.ts'

/** Who may see and do what; whatever is not named is denied. */
export const permissions = {
  Query: { ...federationFields, popularProducts: allow, boughtWith: allow, recommendationReport: isStaff },
  Mutation: { askAssistant: hasSession, recommendationFeedback: hasSession, trainRecommendations: isStaff },
  Subscription: { assistantReply: hasSession },
  AssistantBegun: allow,
  AssistantLookedUp: allow,
  AssistantWords: allow,
  Product: allow,
  PriceRange: allow,
  Image: allow,
  Money: allow,
  // What somebody has bought can be guessed from what is recommended.
  User: { id: allow, recommendations: isOwnerOrStaff((user: { id: string }) => user.id) },
  // The gateway brings the lines, which cart gives to their owner only.
  Cart: allow,
  CartLine: allow,
  ProductVariant: allow,
  Recommendation: allow,
  RecommendationFeedback: allow,
  RecommendationReport: isStaff,
  ModelRun: isStaff,
  AlgorithmTakeUp: isStaff,
  AssistantReply: allow,
  CartProposal: allow,
  ProposedLine: allow,
  Refused: allow,
  InvalidInput: allow,
}
