import { Kind, parse, visit, type FieldNode, type GraphQLSchema } from 'graphql'
import { LRUCache } from 'lru-cache'

import type { ClientOperation } from '../engine/client-document.ts'
import { fragmentsOf, type Selecting } from '../engine/compiled/selected.ts'
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

/** What is known of a text that subgraphs are sent. Nothing of it is kept as it was parsed: that would take most. */
interface Known {
  /** Stands for the text in keys. */
  readonly id: number
  readonly ofEntities: boolean
  readonly defaults: Fetch['variables']
}

/** Whose freshness is asked for. */
interface Asked {
  readonly text: string
  /** Of the entities. */
  readonly type?: string
}

/** A text, parsed. */
interface ParsedFetch {
  readonly operation: ClientOperation
  readonly fragments: Selecting['fragments']
  /** The field by which it asks for entities, where it asks for nothing else. */
  readonly entities: FieldNode | undefined
}

/** Bytes of all texts that are remembered, of which each takes so many beside its characters, and of what is known of them. */
const textBytes = 2 * 1_048_576
const bytesOfText = 500
const freshnessBytes = 8 * 1_048_576
const bytesOfFreshness = 500
const keyField = 'the key of a representation'

/** Finds out what of a fetch is the same for everybody. Undefined where nothing is. */
export function fetchUnits({ schema, rules }: { schema: GraphQLSchema; rules: CacheRules }) {
  let texts = 0
  const known = new LRUCache<string, Known>({
    maxSize: textBytes,
    sizeCalculation: (_known, text) => 2 * text.length + bytesOfText,
    memoMethod(text) {
      const { operation, entities } = parsed(text)
      texts += 1
      return { id: texts, ofEntities: entities !== undefined, defaults: withDefaults(operation, {}) }
    },
  })
  // By the number of a text, and the type of the entities that it asks for. Few texts ask for entities of several types.
  const freshness = new LRUCache<string, Freshness, Asked>({
    maxSize: freshnessBytes,
    sizeCalculation: ({ size }) => size + bytesOfFreshness,
    memoMethod(_key, _stale, { context: { text, type } }) {
      const { operation, fragments, entities } = parsed(text)
      const parts = { schema, rules, fragments, values: {} }
      if (type === undefined) return freshnessOf({ ...parts, operation })
      const { selectionSet = operation.selectionSet } = entities ?? operation
      return freshnessOfEntities(type, { ...parts, operation: { ...operation, selectionSet } })
    },
  })

  return ({ subgraph, query, operationName, variables }: Fetch): Units | undefined => {
    // What the client calls its operation changes nothing.
    const text = operationName === undefined ? query : query.replace(` ${operationName}`, '')
    const { id, ofEntities, defaults } = known.memo(text)
    const values = { ...defaults, ...variables }
    if (!ofEntities) {
      const whole = freshness.memo(`${id}`, { context: { text } })
      if (!isShared(whole, values)) return undefined
      const { maxAge, root } = whole
      const key = `${subgraph} ${id} ${JSON.stringify(variables)}`
      return { kind: 'root', unit: { key, maxAge, partsOf: (value) => partsIn(value, root) } }
    }
    const { representations, ...rest } = variables
    if (!Array.isArray(representations)) return undefined
    const prefix = `${subgraph} ${id} ${JSON.stringify(rest)}`
    const units = representations.map((representation: unknown) => {
      if (!isRepresentation(representation)) return undefined
      const { __typename: type } = representation
      const ofType = freshness.memo(`${id} ${type}`, { context: { text, type } })
      return isShared(ofType, values) ? entityUnit(ofType, { representation, prefix, rules }) : undefined
    })
    return units.some((unit) => unit !== undefined) ? { kind: 'entities', units } : undefined
  }
}

function parsed(text: string): ParsedFetch {
  // What is left out sometimes is reckoned to be asked for.
  const document = visit(parse(text, { noLocation: true }), {
    Directive: ({ name }) => (isCondition(name.value) ? null : undefined),
  })
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) throw new Error('a fetch has no operation')
  return { operation, fragments: fragmentsOf({ document }), entities: entitiesIn(operation) }
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
