import type { PlanNode } from '../apollo/planner.ts'
import { fetching, type FetchParts, type State, type Step } from './fetches.ts'
import type { PlanPath } from './places.ts'

/** Compiles a plan to what carries it out. @throws Error where the planner has learnt what is not known here */
export function compiled(node: PlanNode, parts: FetchParts, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      if (node.contextRewrites !== undefined) throw new Error('@fromContext is not known here')
      return fetching(node, path, parts)
    case 'Flatten':
      return compiled(node.node, parts, [...path, ...node.path])
    case 'Sequence':
      return inTurn(node.nodes.map((inner) => compiled(inner, parts, path)))
    case 'Parallel':
      return atOnce(node.nodes.map((inner) => compiled(inner, parts, path)))
    case 'Condition': {
      const { condition, ifClause, elseClause } = node
      const yes = ifClause && compiled(ifClause, parts, path)
      const no = elseClause && compiled(elseClause, parts, path)
      return async (state) => (isTrue(condition, state) ? yes : no)?.(state)
    }
    case 'Defer':
      throw new Error('@defer is not known here')
  }
}

function isTrue(variable: string, { request }: State): boolean {
  return request.values[variable] === true
}

function inTurn(steps: readonly Step[]): Step {
  return async (state) => {
    for (const step of steps) await step(state)
  }
}

function atOnce(steps: readonly Step[]): Step {
  return async (state) => {
    await Promise.all(steps.map((step) => step(state)))
  }
}
