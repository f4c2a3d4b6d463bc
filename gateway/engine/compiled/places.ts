import type { Path } from '../executor.ts'
import { fieldOf, isFields, type Fields } from './fields.ts'

/** A path through an answer: names of fields, and `@` for every element of a list. */
export type PlanPath = readonly (string | number)[]

/** The objects at the paths, of each in the order of the answer; those that are null are left out. */
export function objectsAt(root: Fields, paths: readonly PlanPath[]): Fields[] {
  const objects: Fields[] = []
  for (const path of paths) visit(root, path, { depth: 0, found: (object) => objects.push(object) })
  return objects
}

/** Where the objects of `objectsAt` are, in the same order. */
export function pathsAt(root: Fields, paths: readonly PlanPath[]): Path[] {
  const trails: Path[] = []
  const trail: (string | number)[] = []
  for (const path of paths) visit(root, path, { depth: 0, found: () => trails.push([...trail]), trail })
  return trails
}

interface Walk {
  readonly depth: number
  found(object: Fields): void
  /** Where the walk is; kept only where somebody asks for it. */
  readonly trail?: (string | number)[]
}

function visit(value: unknown, path: PlanPath, walk: Walk): void {
  if (Array.isArray(value)) {
    visitEach(value, path, walk)
    return
  }
  if (!isFields(value)) return
  const name = path[walk.depth]
  if (name === undefined) {
    walk.found(value)
    return
  }
  walk.trail?.push(name)
  visit(fieldOf(value, String(name)), path, { ...walk, depth: walk.depth + 1 })
  walk.trail?.pop()
}

function visitEach(list: readonly unknown[], path: PlanPath, walk: Walk): void {
  const inside = path[walk.depth] === '@' ? { ...walk, depth: walk.depth + 1 } : walk
  for (const [at, element] of list.entries()) {
    walk.trail?.push(at)
    visit(element, path, inside)
    walk.trail?.pop()
  }
}
