import type { Step } from '../link.ts'
import { isAnswer } from '../lost-fields.ts'

/** A subgraph that answers something else than it was asked has failed. */
export const requireAnswer: Step = (next) => async (fetch, signal) => {
  const answer = await next(fetch, signal)
  if (isAnswer(answer, fetch)) return answer
  const why = (answer.errors ?? []).map(({ message }) => `: ${message}`).join('')
  throw new Error(`${fetch.subgraph} did not answer what it was asked${why}`)
}
