import {
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql'

import type { ExecutableOperation, Path } from '../executor.ts'
import type { Variables } from '../client-document.ts'
import { fieldOf, isFields, setField, type Fields } from './fields.ts'
import { leaf } from './leaves.ts'
import { fragmentsOf, selectedOf, type Selecting } from './selected.ts'

/** What the client asked for of what was fetched, by the client's names. */
export interface Projected {
  /** Null where something that may not be null is missing, and all above it may not be null either. */
  readonly data: Fields | null
  readonly holes: readonly Path[]
}

export type Project = (fetched: Fields) => Projected

interface Progress {
  readonly path: (string | number)[]
  readonly holes: Path[]
}

/** @returns undefined where the value is lost and known as a hole: what holds it is null, if that may be */
type Complete = (value: unknown, progress: Progress) => unknown

interface Projection extends Selecting {
  readonly clientNames: ExecutableOperation['clientNames']
}

/** Compiles what picks the answer of an operation, for one choice of the values that `@skip` and `@include` read. */
export function projecting(
  operation: ExecutableOperation,
  values: Variables,
  { schema }: Pick<Selecting, 'schema'>,
): Project {
  const root = schema.getRootType(operation.operation.operation)
  if (root === undefined || root === null) throw new Error(`the schema has no ${operation.operation.operation}`)
  const { clientNames } = operation
  const projection = { schema, values, clientNames, fragments: fragmentsOf(operation) }
  const complete = completingObject(root, [operation.operation.selectionSet], projection)
  return (fetched) => {
    const progress: Progress = { path: [], holes: [] }
    const data = complete(fetched, progress)
    return { data: isFields(data) ? data : null, holes: progress.holes }
  }
}

function completing(type: GraphQLOutputType, nodes: readonly FieldNode[], projection: Projection): Complete {
  if (isNonNullType(type)) {
    const complete = completingValue(type.ofType, nodes, projection)
    return (value, progress) => (value === null || value === undefined ? lost(progress) : complete(value, progress))
  }
  const complete = completingValue(type, nodes, projection)
  return (value, progress) => (value === null || value === undefined ? null : (complete(value, progress) ?? null))
}

type NullableType = Exclude<GraphQLOutputType, { readonly ofType: GraphQLOutputType }> | GraphQLOutputType

function completingValue(type: NullableType, nodes: readonly FieldNode[], projection: Projection): Complete {
  if (isListType(type)) return completingList(completing(type.ofType, nodes, projection))
  if (isLeafType(type)) {
    const isValid = leaf(type)
    return (value, progress) => (isValid(value) ? value : lost(progress))
  }
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  if (isObjectType(type)) return completingObject(type, selectionSets, projection)
  if (isAbstractType(type)) return completingAny(type, selectionSets, projection)
  throw new Error(`nothing is of type ${String(type)}`)
}

function lost({ path, holes }: Progress): unknown {
  holes.push([...path])
  return undefined
}

function completingList(complete: Complete): Complete {
  return (value, progress) => {
    if (!Array.isArray(value)) return lost(progress)
    const completed: unknown[] = []
    for (const [at, element] of value.entries()) {
      progress.path.push(at)
      const one = complete(element, progress)
      progress.path.pop()
      if (one === undefined) return undefined
      completed.push(one)
    }
    return completed
  }
}

/** Of each member as it is met: what is asked of it is worked out once. */
function completingAny(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  projection: Projection,
): Complete {
  const members = new Map<unknown, Complete>()
  return (value, progress) => {
    if (!isFields(value)) return lost(progress)
    const { __typename: typename } = value
    const complete = members.get(typename) ?? memberOf(typename)
    return complete === undefined ? lost(progress) : complete(value, progress)
  }

  function memberOf(typename: unknown): Complete | undefined {
    const member = typeof typename === 'string' ? projection.schema.getType(typename) : undefined
    if (!isObjectType(member) || !isAbstractType(type) || !projection.schema.isSubType(type, member)) return undefined
    const complete = completingObject(member, selectionSets, projection)
    members.set(typename, complete)
    return complete
  }
}

interface ProjectedField {
  /** In what was fetched. */
  readonly key: string
  readonly clientName: string
  readonly complete: Complete
}

function completingObject(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  projection: Projection,
): Complete {
  // Worked out when an object is met, since an operation may reach types that no answer has.
  let fields: readonly ProjectedField[] | undefined
  return (value, progress) => {
    if (!isFields(value)) return lost(progress)
    fields ??= fieldsOf(type, selectionSets, projection)
    const completed: Fields = {}
    for (const { key, clientName, complete } of fields) {
      progress.path.push(clientName)
      const one = complete(fieldOf(value, key), progress)
      progress.path.pop()
      if (one === undefined) return undefined
      setField(completed, clientName, one)
    }
    return completed
  }
}

function fieldsOf(
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
  projection: Projection,
): ProjectedField[] {
  const definitions = type.getFields()
  return [...selectedOf(type, selectionSets, projection)].flatMap(([key, nodes]) => {
    const name = nodes[0]?.name.value
    const clientName = projection.clientNames.get(key) ?? key
    if (name === '__typename') return { key, clientName, complete: () => type.name }
    const definition = name === undefined ? undefined : definitions[name]
    if (definition === undefined) throw new Error(`${type.name} has no field ${name ?? ''}`)
    return { key, clientName, complete: completing(definition.type, nodes, projection) }
  })
}
