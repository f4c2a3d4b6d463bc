import type { ProductKey, Scored } from '../ranking.ts'

export interface DiversityOptions<Candidate> {
  readonly limit: number
  /** 1 keeps the order of the scores; the lower it is, the more a candidate loses by being like one already chosen. */
  readonly relevance: number
  /** From 0, nothing in common, to 1. */
  similarity(one: Candidate, other: Candidate): number
}

/**
 * Maximal marginal relevance: chooses one after the other what scores high and is unlike what was chosen before.
 *
 * J. Carbonell, J. Goldstein, "The use of MMR, diversity-based reranking for reordering documents and producing
 * summaries", SIGIR 1998.
 *
 * @param candidates best first, with scores above 0
 */
export function diversified<Candidate extends Scored<ProductKey>>(
  candidates: readonly Candidate[],
  { limit, relevance, similarity }: DiversityOptions<Candidate>,
): Candidate[] {
  const highest = candidates[0]?.score ?? 1
  let left = candidates.map((candidate) => ({ candidate, relevance: candidate.score / highest, closest: 0 }))
  const chosen: Candidate[] = []
  while (chosen.length < limit) {
    const worths = left.map((each) => relevance * each.relevance - (1 - relevance) * each.closest)
    const best = left[worths.indexOf(Math.max(...worths))]
    if (best === undefined) break
    chosen.push(best.candidate)
    left = left
      .filter((each) => each !== best)
      .map((each) => ({ ...each, closest: Math.max(each.closest, similarity(each.candidate, best.candidate)) }))
  }
  return chosen
}
