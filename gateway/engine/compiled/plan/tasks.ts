import type { FetchNode, PlanNode } from '../../apollo/planner.ts'
import { NotCompiled } from '../not-compiled.ts'
import type { PlanPath } from '../places.ts'

/** What decides whether a fetch is made. */
export interface Condition {
  readonly variable: string
  readonly value: boolean
}

/** A fetch of a plan, for one place of the answer. */
export interface Task {
  readonly node: FetchNode
  readonly path: PlanPath
  readonly conditions: readonly Condition[]
  /** What it needs of the answer has come when these are done. */
  readonly after: readonly Task[]
}

type Around = Omit<Task, 'node'>

/** The fetches of a plan, each behind those that it waits for. @throws NotCompiled where the planner has learnt what is not known here */
export function tasksIn(plan: PlanNode): Task[] {
  return tasksOf(plan, { path: [], conditions: [], after: [] })
}

function tasksOf(plan: PlanNode, around: Around): Task[] {
  switch (plan.kind) {
    case 'Fetch':
      if (plan.contextRewrites !== undefined) throw new NotCompiled('@fromContext')
      return [{ node: plan, ...around }]
    case 'Flatten':
      return tasksOf(plan.node, { ...around, path: [...around.path, ...plan.path] })
    case 'Parallel':
      return plan.nodes.flatMap((inner) => tasksOf(inner, around))
    case 'Sequence':
      return inTurn(plan.nodes, around)
    case 'Condition': {
      const { condition: variable, ifClause, elseClause } = plan
      const where = (value: boolean) => ({ ...around, conditions: [...around.conditions, { variable, value }] })
      return [
        ...(ifClause ? tasksOf(ifClause, where(true)) : []),
        ...(elseClause ? tasksOf(elseClause, where(false)) : []),
      ]
    }
    case 'Defer':
      throw new NotCompiled('@defer')
  }
}

/** Who waits for the last ones waits for those before too. */
function inTurn(plans: readonly PlanNode[], around: Around): Task[] {
  const all: Task[] = []
  let { after } = around
  for (const plan of plans) {
    const tasks = tasksOf(plan, { ...around, after })
    all.push(...tasks)
    if (tasks.length > 0) after = tasks
  }
  return all
}
