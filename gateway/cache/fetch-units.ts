import { Kind, parse, visit, type FieldNode, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'

import type { ClientOperation } from '../engine/client-document.ts'
import { fragmentsOf } from '../engine/compiled/selected.ts'
import type { Fetch } from '../fetch/link.ts'
import { withDefaults } from '../fetch/lost-fields.ts'
import { freshnessOf, freshnessOfEntities, type Freshness } from './freshness.ts'
import { partsIn, type Part, type Place } from './parts.ts'
import type { CacheRules } from './rules.ts'

/** What is kept of a fetch by itself: all of it, or one of its entities. */
export interface Unit {
  readonly key: string
  /** Seconds; more than 0. */
  readonly maxAge: number
  partsOf(value: unknown): ReadonlySet<Part>
}

export type Units =
  | { readonly kind: 'root'; readonly unit: Unit }
  /** One for each representation; undefined where that is not the same for everybody. */
  | { readonly kind: 'entities'; readonly units: readonly (Unit | undefined)[] }

/** What is known of a text that subgraphs are sent. */
interface Known {
  /** Stands for the text in keys. */
  readonly id: number
  readonly operation: ClientOperation
  /** Undefined where it asks for entities. */
  readonly freshness: Freshness | undefined
  ofEntities(type: string): Freshness
}

/** Characters of all texts that are remembered. */
const size = 5_000_000
const keyField = 'the key of a representation'

/** Finds out what of a fetch is the same for everybody. Undefined where nothing is. */
export function fetchUnits({ schema, rules }: { schema: GraphQLSchema; rules: CacheRules }) {
  const texts = new LRUCache<string, Known>({
    maxSize: size,
    sizeCalculation: (_known, text) => text.length,
    memoMethod: readText,
  })
  let read = 0

  function readText(text: string): Known {
    // What is left out sometimes is reckoned to be asked for.
    const document = visit(parse(text), { Directive: ({ name }) => (isCondition(name.value) ? null : undefined) })
    const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
    if (operation === undefined) throw new Error('a fetch has no operation')
    const parts = { schema, rules, fragments: fragmentsOf({ document }), values: {} }
    const entities = entitiesIn(operation)
    const byType = new Map<string, Freshness>()
    return {
      id: (read += 1),
      operation,
      freshness: entities === undefined ? freshnessOf({ ...parts, operation }) : undefined,
      ofEntities(type) {
        const known = byType.get(type)
        if (known !== undefined) return known
        const { selectionSet = operation.selectionSet } = entities ?? operation
        const made = freshnessOfEntities(type, { ...parts, operation: { ...operation, selectionSet } })
        byType.set(type, made)
        return made
      },
    }
  }

  return ({ subgraph, query, operationName, variables }: Fetch): Units | undefined => {
    // What the client calls its operation changes nothing.
    const text = operationName === undefined ? query : query.replace(` ${operationName}`, '')
    const { id, operation, freshness, ofEntities } = texts.memo(text)
    const values = withDefaults(operation, variables)
    if (freshness !== undefined) {
      if (!isShared(freshness, values)) return undefined
      const { maxAge, root } = freshness
      const key = `${subgraph} ${id} ${JSON.stringify(variables)}`
      return { kind: 'root', unit: { key, maxAge, partsOf: (value) => partsIn(value, root) } }
    }
    const { representations, ...rest } = variables
    if (!Array.isArray(representations)) return undefined
    const prefix = `${subgraph} ${id} ${JSON.stringify(rest)}`
    const units = representations.map((representation: unknown) => {
      if (!isRepresentation(representation)) return undefined
      const ofType = ofEntities(representation.__typename)
      return isShared(ofType, values) ? entityUnit(ofType, { representation, prefix, rules }) : undefined
    })
    return units.some((unit) => unit !== undefined) ? { kind: 'entities', units } : undefined
  }
}

interface Shared extends Freshness {
  readonly root: Place
}

/** Whether it is the same for everybody for a while, and every change of it is announced. */
function isShared(freshness: Freshness, values: Fetch['variables']): freshness is Shared {
  const { maxAge, isPublic, root, asksUnannounced } = freshness
  return maxAge > 0 && isPublic && root !== undefined && !asksUnannounced(values)
}

interface Entity {
  readonly representation: Representation
  readonly prefix: string
  readonly rules: CacheRules
}

/** Messages name the entity by a field that the answer need not have: the representation has it. */
function entityUnit({ maxAge, root }: Shared, { representation, prefix, rules }: Entity): Unit {
  const key = `${prefix} ${JSON.stringify(representation)}`
  const keyName = rules.keys.get(representation.__typename)
  const entityKey = keyName === undefined ? undefined : representation[keyName]
  if (entityKey === undefined) return { key, maxAge, partsOf: (value) => partsIn(value, root) }
  const named = { ...root, key: keyField }
  return { key, maxAge, partsOf: (value) => partsIn(Object.assign({ [keyField]: entityKey }, value), named) }
}

/** The field by which a fetch asks for entities, where it asks for nothing else. */
function entitiesIn({ selectionSet: { selections } }: ClientOperation): FieldNode | undefined {
  const [only, ...others] = selections
  return others.length === 0 && only?.kind === Kind.FIELD && only.name.value === '_entities' && only.alias === undefined
    ? only
    : undefined
}

function isCondition(directive: string): boolean {
  return directive === 'skip' || directive === 'include'
}

interface Representation extends Readonly<Record<string, unknown>> {
  readonly __typename: string
}

function isRepresentation(value: unknown): value is Representation {
  return typeof value === 'object' && value !== null && '__typename' in value && typeof value.__typename === 'string'
}
