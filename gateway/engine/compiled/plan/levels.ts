import type { Task } from './tasks.ts'

/**
 * Counts for each task how many others it has to wait for, one behind the other. One for whose answer there is time waits for
 * another that asks the same subgraph later, since one request costs less than two.
 */
export function levelsOf(tasks: readonly Task[]): ReadonlyMap<Task, number> {
  const earliest = earliestOf(tasks)
  const latest = latestOf(tasks, earliest)
  return new Map(tasks.map((task) => [task, Math.max(levelOf(task), ...laterCompany(task))]))

  function levelOf(task: Task): number {
    return earliest.get(task) ?? 0
  }

  function laterCompany(task: Task): number[] {
    if (!isOfEntities(task)) return []
    const { serviceName } = task.node
    return tasks
      .filter((other) => isOfEntities(other) && other.node.serviceName === serviceName)
      .map(levelOf)
      .filter((level) => level <= (latest.get(task) ?? 0))
  }
}

export function isOfEntities({ node }: Task): boolean {
  return node.requires !== undefined
}

function earliestOf(tasks: readonly Task[]): Map<Task, number> {
  const levels = new Map<Task, number>()
  // Each stands behind those that it waits for.
  for (const task of tasks) levels.set(task, Math.max(-1, ...task.after.map((other) => levels.get(other) ?? 0)) + 1)
  return levels
}

/** So late that nobody who waits for it has to wait longer. */
function latestOf(tasks: readonly Task[], earliest: ReadonlyMap<Task, number>): Map<Task, number> {
  const last = Math.max(0, ...earliest.values())
  const levels = new Map<Task, number>(tasks.map((task) => [task, last]))
  for (const task of tasks) {
    for (const other of task.after) {
      levels.set(other, Math.min(levels.get(other) ?? last, (earliest.get(task) ?? 0) - 1))
    }
  }
  return levels
}
