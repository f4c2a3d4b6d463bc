import type { PlanNode } from '../apollo/planner.ts'
import { fetching } from './fetching/fetching.ts'
import type { FetchParts, PlanStep } from './fetching/state.ts'
import { fetchingTogether } from './fetching/together.ts'
import { requestsFor } from './plan/requests.ts'
import { tasksIn } from './plan/tasks.ts'

/** Compiles a plan to what carries it out. @throws NotCompiled where the planner has learnt what is not known here */
export function requesting(plan: PlanNode, fetchParts: FetchParts): PlanStep {
  const requests = requestsFor(tasksIn(plan)).map(({ parts: [first, ...others], after }) => {
    if (first === undefined) throw new Error('a request of nothing')
    const send = others.length === 0 ? fetching(first, fetchParts) : fetchingTogether([first, ...others], fetchParts)
    return { send, after }
  })

  return async (state) => {
    const done: Promise<void>[] = []
    for (const { send, after } of requests) {
      const waited = after.flatMap((place) => done[place] ?? [])
      done.push(waited.length === 0 ? send(state) : Promise.all(waited).then(() => send(state)))
    }
    await Promise.all(done)
  }
}
