import { canShare, shareable, type Shareable } from '../../../fetch/sharing/shareable.ts'
import type { FetchNode } from '../../apollo/planner.ts'
import type { PlanPath } from '../places.ts'
import { groupingAlike } from './alike.ts'
import { isOfEntities, levelsOf } from './levels.ts'
import type { Condition, Task } from './tasks.ts'

/** A fetch for one place of the answer, or for several. */
export interface FetchPart {
  readonly node: FetchNode
  readonly paths: readonly PlanPath[]
  readonly conditions: readonly Condition[]
}

/** What a subgraph is asked in one request: one fetch, or several that share it. */
export interface PlannedRequest {
  readonly parts: readonly FetchPart[]
  /** The places, among all requests, of those that it waits for. */
  readonly after: readonly number[]
}

/**
 * Makes one fetch of those that ask one subgraph the same at the same level, for different places, and one request of those that ask
 * it something else: Apollo's planner makes one for each. A request waits for what its own fetches need, and for nothing else.
 * @returns each behind those that it waits for
 */
export function requestsFor(tasks: readonly Task[]): PlannedRequest[] {
  const levels = levelsOf(tasks)
  const alike = groupingAlike(tasks)
  const groups = new Map<string, Task[]>()
  for (const [at, task] of tasks.entries()) {
    const key = isOfEntities(task) ? `${levels.get(task) ?? 0} ${task.node.serviceName}` : `alone ${at}`
    groups.set(key, [...(groups.get(key) ?? []), task])
  }
  const level = ([task]: readonly Task[]) => (task && levels.get(task)) ?? 0
  const requests = [...groups.values()]
    .flatMap((group) => apart(group, alike(group)))
    .toSorted((one, other) => level(one) - level(other))
  const places = new Map(requests.flatMap((group, place) => group.map((task) => [task, place] as const)))
  return requests.map((group) => ({
    parts: alike(group).map(partOf),
    after: [...new Set(group.flatMap(({ after }) => after.map((task) => places.get(task) ?? 0)))],
  }))
}

/** As they are where they can share a request; each fetch by itself where they cannot. */
function apart(group: readonly Task[], alike: readonly (readonly Task[])[]): readonly (readonly Task[])[] {
  if (alike.length === 1) return [group]
  const fetches = alike.map(([task]) => shareable(task?.node.operation ?? ''))
  const areShareable = fetches.every((fetch): fetch is Shareable => fetch !== undefined)
  return areShareable && canShare(fetches) ? [group] : alike
}

function partOf(tasks: readonly Task[]): FetchPart {
  const [first] = tasks
  if (first === undefined) throw new Error('nothing is fetched')
  return { node: first.node, conditions: first.conditions, paths: tasks.map(({ path }) => path) }
}
