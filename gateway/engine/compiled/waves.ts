import type { FetchNode, PlanNode } from '../apollo/planner.ts'
import type { PlanPath } from './places.ts'

/** A plan whose fetches are each for one place of the answer, or for several. */
export type Part =
  | { readonly kind: 'Fetch'; readonly node: FetchNode; readonly paths: readonly PlanPath[] }
  | { readonly kind: 'Sequence' | 'Parallel'; readonly parts: readonly Part[] }
  | { readonly kind: 'Condition'; readonly condition: string; readonly yes?: Part; readonly no?: Part }

/**
 * Makes one fetch of those that ask one subgraph the same at the same time, for different places: Apollo's planner makes one
 * for each. @throws Error where the planner has learnt what is not known here
 */
export function inWaves(node: PlanNode, path: PlanPath = []): Part {
  switch (node.kind) {
    case 'Fetch':
      return { kind: 'Fetch', node, paths: [path] }
    case 'Flatten':
      return inWaves(node.node, [...path, ...node.path])
    case 'Sequence':
      return { kind: 'Sequence', parts: node.nodes.map((inner) => inWaves(inner, path)) }
    case 'Parallel':
      return { kind: 'Parallel', parts: oneOfEachShape(node.nodes.map((inner) => inWaves(inner, path))) }
    case 'Condition': {
      const { condition, ifClause, elseClause } = node
      const yes = ifClause && inWaves(ifClause, path)
      const no = elseClause && inWaves(elseClause, path)
      return { kind: 'Condition', condition, ...(yes && { yes }), ...(no && { no }) }
    }
    case 'Defer':
      throw new Error('@defer is not known here')
  }
}

function oneOfEachShape(parts: readonly Part[]): Part[] {
  const byShape = new Map<string, Part>()
  for (const part of parts) {
    const shape = shapeOf(part)
    const same = byShape.get(shape)
    byShape.set(shape, same === undefined ? part : bothOf(same, part))
  }
  return [...byShape.values()]
}

/** The same for two parts that differ in nothing but the places they are for. */
function shapeOf(part: Part): string {
  switch (part.kind) {
    case 'Fetch': {
      const { serviceName, operation, operationName = '', requires, inputRewrites, outputRewrites } = part.node
      const text = operation.replace(operationName, '')
      // What asks for no entities fills one place.
      const place = requires === undefined ? part.paths : []
      return JSON.stringify([serviceName, text, requires, inputRewrites, outputRewrites, place])
    }
    case 'Sequence':
    case 'Parallel':
      return JSON.stringify([part.kind, part.parts.map(shapeOf)])
    case 'Condition':
      return JSON.stringify([part.condition, part.yes && shapeOf(part.yes), part.no && shapeOf(part.no)])
  }
}

/** @param one of the same shape as the other */
function bothOf(one: Part, other: Part | undefined): Part {
  if (one.kind === 'Fetch' && other?.kind === 'Fetch') return { ...one, paths: [...one.paths, ...other.paths] }
  if (one.kind === 'Condition' && other?.kind === 'Condition') {
    const yes = one.yes && other.yes && bothOf(one.yes, other.yes)
    const no = one.no && other.no && bothOf(one.no, other.no)
    return { ...one, ...(yes && { yes }), ...(no && { no }) }
  }
  if ('parts' in one && other !== undefined && 'parts' in other) {
    const others = other.parts
    return { ...one, parts: one.parts.map((part, at) => bothOf(part, others[at])) }
  }
  throw new Error('parts of different shapes cannot be one')
}
