import type { Path } from '../executor.ts'
import { fieldOf, isFields, type Fields } from './fields.ts'

/** A path through an answer: names of fields, and `@` for every element of a list. */
export type PlanPath = readonly (string | number)[]

/** The objects at the paths, of each in the order of the answer; those that are null are left out. */
export function objectsAt(root: Fields, paths: readonly PlanPath[]): Fields[] {
  const objects: Fields[] = []
  for (const path of paths) visit(root, 0, { path, found: (object) => objects.push(object) })
  return objects
}

/** Where the objects of `objectsAt` are, in the same order. */
export function pathsAt(root: Fields, paths: readonly PlanPath[]): Path[] {
  const trails: Path[] = []
  const trail: (string | number)[] = []
  for (const path of paths) visit(root, 0, { path, found: () => trails.push([...trail]), trail })
  return trails
}

interface Walk {
  readonly path: PlanPath
  found(object: Fields): void
  /** Where the walk is; kept only where somebody asks for it. */
  readonly trail?: (string | number)[]
}

function visit(value: unknown, depth: number, walk: Walk): void {
  const { path } = walk
  if (Array.isArray(value)) {
    const inside = path[depth] === '@' ? depth + 1 : depth
    for (let at = 0; at < value.length; at += 1) {
      walk.trail?.push(at)
      visit(value[at], inside, walk)
      walk.trail?.pop()
    }
    return
  }
  if (!isFields(value)) return
  const name = path[depth]
  if (name === undefined) {
    walk.found(value)
    return
  }
  walk.trail?.push(name)
  visit(fieldOf(value, String(name)), depth + 1, walk)
  walk.trail?.pop()
}
