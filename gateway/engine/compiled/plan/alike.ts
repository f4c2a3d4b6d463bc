import type { Task } from './tasks.ts'

type Groups = readonly (readonly Task[])[]

/**
 * Finds which tasks of a plan can be one fetch for several places: they differ in nothing but those. What is answered of an object
 * that stands in two of the places is one object in both. So what others add to it must be the same in all of them: it would be seen in
 * the other places too, and objects that those add would be shared in turn, with what is added to them (`similar(first: 1)` and
 * `similar(first: 2)`).
 */
export function groupingAlike(tasks: readonly Task[]): (group: readonly Task[]) => Groups {
  const shapes = shapesOf(tasks)

  return (group) =>
    groupedBy(group, (task) => String(shapes.get(task))).flatMap((alike) =>
      alike.length === 1 ? [alike] : groupedBy(alike, addedTo),
    )

  /** What others may add to what a task has answered, and where in it: those at its place, below and above, unless it waits for them. */
  function addedTo(task: Task): string {
    const before = allBefore(task)
    const others = tasks.filter((other) => !before.has(other) && (isBelow(other, task) || reaches(other, task)))
    const added = others.map((other) => {
      const [above, below] = [task.path.slice(other.path.length), other.path.slice(task.path.length)]
      return JSON.stringify([above, below, shapes.get(other)])
    })
    return [...new Set(added)].toSorted().join(' ')
  }
}

function isBelow({ path }: Task, place: Task): boolean {
  return place.path.every((part, at) => part === path[at])
}

/** Whether it may have something to say of what is so far below. */
function reaches(other: Task, place: Task): boolean {
  const next = place.path.slice(other.path.length).find((part) => part !== '@')
  return next !== undefined && isBelow(place, other) && other.node.operation.includes(String(next))
}

function allBefore({ after }: Task, before = new Set<Task>()): ReadonlySet<Task> {
  for (const task of after) {
    if (before.has(task)) continue
    before.add(task)
    allBefore(task, before)
  }
  return before
}

function groupedBy(tasks: readonly Task[], keyOf: (task: Task) => string): Groups {
  const groups = new Map<string, Task[]>()
  for (const task of tasks) {
    const key = keyOf(task)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [task])
    else group.push(task)
  }
  return [...groups.values()]
}

/** Of each a number, which those that differ in nothing but their places have in common. */
function shapesOf(tasks: readonly Task[]): ReadonlyMap<Task, number> {
  const numbers = new Map<string, number>()
  return new Map(
    tasks.map((task) => {
      const shape = shapeOf(task)
      const known = numbers.get(shape) ?? numbers.size
      numbers.set(shape, known)
      return [task, known]
    }),
  )
}

function shapeOf({ node, conditions }: Task): string {
  const { serviceName, operation, operationName = '', inputRewrites, outputRewrites, requires } = node
  const text = operation.replace(operationName, '')
  return JSON.stringify([serviceName, text, requires, inputRewrites, outputRewrites, conditions])
}
