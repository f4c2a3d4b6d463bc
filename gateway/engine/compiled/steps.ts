import { fetching, type FetchParts, type State, type PlanStep } from './fetches.ts'
import type { Part } from './waves.ts'

/** Compiles a plan to what carries it out. @throws Error where the planner has learnt what is not known here */
export function compiled(part: Part, fetchParts: FetchParts): PlanStep {
  switch (part.kind) {
    case 'Fetch':
      if (part.node.contextRewrites !== undefined) throw new Error('@fromContext is not known here')
      return fetching(part.node, part.paths, fetchParts)
    case 'Sequence':
      return inTurn(part.parts.map((inner) => compiled(inner, fetchParts)))
    case 'Parallel':
      return atOnce(part.parts.map((inner) => compiled(inner, fetchParts)))
    case 'Condition': {
      const { condition } = part
      const yes = part.yes && compiled(part.yes, fetchParts)
      const no = part.no && compiled(part.no, fetchParts)
      return async (state) => (isTrue(condition, state) ? yes : no)?.(state)
    }
  }
}

function isTrue(variable: string, { request }: State): boolean {
  return request.values[variable] === true
}

function inTurn(steps: readonly PlanStep[]): PlanStep {
  return async (state) => {
    for (const step of steps) await step(state)
  }
}

function atOnce(steps: readonly PlanStep[]): PlanStep {
  return async (state) => {
    await Promise.all(steps.map((step) => step(state)))
  }
}
