import type { Task } from './tasks.ts'

type Groups = readonly (readonly Task[])[]
type Names = ReadonlySet<string>

/**
 * Finds which tasks of a plan can be one fetch for several places: they differ in nothing but those. What is answered of an object
 * that stands in two of the places is one object in both. So what others add to it must not differ between the places, as
 * `similar(first: 1)` and `similar(first: 2)` do; what is added in one of them only does no harm.
 */
export function groupingAlike(tasks: readonly Task[]): (group: readonly Task[]) => Groups {
  const shapes = shapesOf(tasks)

  return (group) => {
    const byShape = new Map<number | undefined, Task[]>()
    for (const task of group) {
      const shape = shapes.get(task)
      byShape.set(shape, [...(byShape.get(shape) ?? []), task])
    }
    return [...byShape.values()].flatMap((alike) => (alike.length === 1 ? [alike] : whereOthersAgree(alike)))
  }

  function whereOthersAgree(alike: readonly Task[]): Groups {
    // Mostly all have the same added to them, which is looked at once.
    const groups: { readonly members: Task[]; readonly added: Map<string, Names> }[] = []
    for (const task of alike) {
      const added = addedTo(task)
      const key = [...added].join(' ')
      const group = groups.find(
        (one) => one.added.has(key) || [...one.added.values()].every((other) => agree(added, other)),
      )
      if (group === undefined) groups.push({ members: [task], added: new Map([[key, added]]) })
      else {
        group.members.push(task)
        group.added.set(key, added)
      }
    }
    return groups.map(({ members }) => members)
  }

  /** What others may add to what a task has answered, and where in it: those at its place, below and above, unless it waits for them. */
  function addedTo(task: Task): Names {
    const before = allBefore(task)
    const others = tasks.filter((other) => !before.has(other) && (isBelow(other, task) || reaches(other, task)))
    return new Set(
      others.map((other) => {
        const [above, below] = [task.path.slice(other.path.length), other.path.slice(task.path.length)]
        return JSON.stringify([above, below, shapes.get(other)])
      }),
    )
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

function agree(one: Names, other: Names): boolean {
  const [some, all] = one.size < other.size ? [one, other] : [other, one]
  return [...some].every((name) => all.has(name))
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
