import type { Look } from '../link.ts'
import { isAnswer } from '../lost-fields.ts'

/** A subgraph that answers something else than it was asked has failed. */
export const requireAnswer: Look = (answer, fetch) => {
  if (isAnswer(answer, fetch)) return answer
  const why = (answer.errors ?? []).map(({ message }) => `: ${message}`).join('')
  throw new Error(`${fetch.subgraph} did not answer what it was asked${why}`)
}
