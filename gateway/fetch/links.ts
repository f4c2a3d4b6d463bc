import type { GatewayDependencies } from '../dependencies.ts'
import { callSubgraph } from './call-subgraph.ts'
import { errandDeadline, isErrand } from './errands.ts'
import { around, type Link, type Step } from './link.ts'
import { emptyDecorations } from './steps/empty-decorations.ts'
import { keepDeadline } from './steps/keep-deadline.ts'
import { logFailures } from './steps/log-failures.ts'
import { maskErrors } from './steps/mask-errors.ts'
import { requireAnswer } from './steps/require-answer.ts'
import { reportAbsentEntities } from './steps/report-absent-entities.ts'
import { reportLostFields } from './steps/report-lost-fields.ts'
import { shareRequest } from './steps/share-request.ts'

export interface LinkParts extends Pick<
  GatewayDependencies,
  'subgraphs' | 'passports' | 'readErrand' | 'log' | 'config'
> {
  /** Lists that only decorate what they stand on, such as `Product.similar`. */
  readonly decorations: ReadonlySet<string>
  /** Answers from what is kept. */
  readonly keepFetches: Step
}

/** How a subgraph is reached: everything a fetch goes through, in order. @param name the subgraph's, in the supergraph */
export function linkTo(
  name: string,
  { subgraphs, passports, readErrand, log, config, decorations, keepFetches }: LinkParts,
): Link {
  const subgraph = subgraphs.get(name)
  if (subgraph === undefined) throw new Error(`supergraph.graphql names a subgraph that does not run here: ${name}`)
  const giveErrands = readErrand !== undefined
  const steps: readonly Step[] = [
    // Outside of all that makes errors: it takes nothing from them, and gives lists that are empty beside them.
    emptyDecorations(decorations),
    // Outside of all that can fail, so that whatever fails further in costs no more than the fields of this fetch.
    reportLostFields,
    reportAbsentEntities,
    // Inside those that look at the whole answer; what failed it never sees as one.
    keepFetches,
    // Before the reason is forgotten.
    logFailures(log),
    // Inside those above: what they make is ours.
    maskErrors(log),
    requireAnswer,
    // Around the call alone: nothing above it waits for anybody.
    keepDeadline((fetch) =>
      giveErrands && isErrand(fetch) ? Math.max(config.fetchDeadline, errandDeadline) : config.fetchDeadline,
    ),
    // Inside of all others, so that each fetch meets them as if it were alone.
    shareRequest,
  ]
  return around(callSubgraph(subgraph, { passports, giveErrands }), steps)
}
