import { isDeepStrictEqual } from 'node:util'

import { expect, it } from 'vitest'

import { understand } from '../../subgraphs/recommendations/assistant/planner/understand.ts'
import { categories, contexts, readUtterances, type Utterance } from './utterances.ts'

const fewest = 200

/** Whether exactly the expected tools are called, with exactly the expected arguments. */
function isUnderstood({ said, after = 'none', expected, topic }: Utterance): boolean {
  const remembered = contexts[after]
  if (remembered === undefined) throw new Error(`there is no context ${after}`)
  const plan = understand(said, { remembered, categories })
  const isForThatReason = topic === undefined || plan.topic === topic
  return isForThatReason && isDeepStrictEqual(JSON.parse(JSON.stringify(plan.steps)), expected)
}

it.each([
  { which: 'the utterances that the rules were made by', heldAside: false, least: 0.95 },
  { which: 'those held aside', heldAside: true, least: 0.85 },
])('the planner understands $which', ({ which, heldAside, least }) => {
  const all = readUtterances()
  expect(all.length).toBeGreaterThanOrEqual(fewest)
  const some = all.filter((utterance) => utterance.heldAside === heldAside)
  const right = some.filter(isUnderstood)
  const percent = ((100 * right.length) / some.length).toFixed(1)
  process.stdout.write(`${which}: ${right.length} of ${some.length}, ${percent} %\n`)
  expect(right.length / some.length).toBeGreaterThanOrEqual(least)
})
