import type { Owner } from '../stores/conversations.ts'
import type { Guards } from './rules/guards.ts'
import type { Known } from './rules/known.ts'
import type { SignProposal } from './rules/proposals.ts'
import type { AskShop } from './tools/shop-graph.ts'

/**
 * What the tools of one turn are given, beside the arguments that a model chooses: who is asking is here, and nowhere in
 * those.
 */
export interface Turn {
  readonly owner: Owner
  /** In the owner's name, within the turn's time. */
  readonly ask: AskShop
  /** What was returned in this conversation; grows as tools return more. */
  readonly known: Known
  readonly sign: SignProposal
  readonly guards: Guards
}
