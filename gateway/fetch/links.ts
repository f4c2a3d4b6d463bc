import type { ExecutionResult } from 'graphql'

import type { GatewayDependencies } from '../dependencies.ts'
import { callSubgraph } from './call-subgraph.ts'
import { errandDeadline, isErrand } from './errands.ts'
import { around, type Fetch, type Link, type Step } from './link.ts'
import { emptyDecorations } from './answers/empty-decorations.ts'
import { keepDeadline } from './steps/keep-deadline.ts'
import { logFailures } from './answers/log-failures.ts'
import { maskErrors } from './answers/mask-errors.ts'
import { requireAnswer } from './answers/require-answer.ts'
import { reportAbsentEntities } from './answers/report-absent-entities.ts'
import { lostAnswer } from './answers/lost-answer.ts'
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
  const deadlineOf = (fetch: Fetch) =>
    giveErrands && isErrand(fetch) ? Math.max(config.fetchDeadline, errandDeadline) : config.fetchDeadline
  const carryOut = around(callSubgraph(subgraph, { passports, giveErrands }), [
    // Around the call alone: nothing above it waits for anybody.
    keepDeadline(deadlineOf),
    // Inside of all others, so that each fetch meets them as if it were alone.
    shareRequest,
  ])
  const mask = maskErrors(log)
  const logFailure = logFailures(log)
  const empty = emptyDecorations(decorations)
  // Inside, so that what has failed is not kept.
  const ask = keepFetches(async (fetch, cancellation) => {
    try {
      return mask(requireAnswer(await carryOut(fetch, cancellation), fetch), fetch)
    } catch (thrown) {
      // Before the reason is forgotten.
      logFailure(thrown, fetch)
      throw thrown
    }
  })

  return async (fetch, cancellation) => {
    let answer: ExecutionResult
    try {
      answer = await ask(fetch, cancellation)
    } catch {
      // Whatever fails further in costs no more than the fields of this fetch.
      answer = lostAnswer(fetch)
    }
    // Outside of all that makes errors: it takes nothing from them, and gives lists that are empty beside them.
    return empty(reportAbsentEntities(answer, fetch), fetch)
  }
}
