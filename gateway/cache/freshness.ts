import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql'

import type { ClientDocument, ClientOperation, Variables } from '../engine/client-document.ts'
import { selectedOf } from '../engine/compiled/selected.ts'
import type { Place } from './parts.ts'
import type { CacheRules, Hint } from './rules.ts'
import { unannouncedIn, type Unannounced } from './unannounced.ts'

/** How long an operation's answer stays as it is, and what it is made of. */
export interface Freshness {
  /** Seconds; 0 where nobody may keep it. */
  readonly maxAge: number
  /** Whether several people may share it. */
  readonly isPublic: boolean
  /** What tells of changes of its parts; undefined where nothing tells of some. */
  readonly root: Place | undefined
  /** Whether the values of its variables ask for what changes unannounced. */
  readonly asksUnannounced: Unannounced
  /** Bytes, about. */
  readonly size: number
}

/** What is known of a place with a selection, or of arguments that may ask for what changes unannounced, by measurement. */
const bytesOfPlace = 250
const bytesOfArguments = 250

export interface FreshnessParts {
  readonly schema: GraphQLSchema
  readonly rules: CacheRules
  readonly operation: ClientOperation
  readonly fragments: ClientDocument['fragments']
  /** What `@skip` and `@include` read. */
  readonly values: Variables
}

/** What has been found so far. */
interface Findings extends FreshnessParts {
  places: number
  readonly ages: number[]
  readonly unannounced: Unannounced[]
  isPublic: boolean
  isAnnounced: boolean
}

/** A place in the answer. */
interface Around {
  readonly type: GraphQLObjectType
  readonly isRoot: boolean
  /** Whether something tells of changes of what is part of it. */
  readonly isAnnounced: boolean
}

/** A field, and what is said of it and of its type. */
interface Found {
  readonly nodes: readonly FieldNode[]
  readonly field: GraphQLField<unknown, unknown>
  readonly own: Hint | undefined
  readonly ofType: Hint | undefined
}

/** By Apollo's rules for `@cacheControl`: the strictest field decides, and what says nothing of itself allows nothing. */
export function freshnessOf(parts: FreshnessParts): Freshness {
  const { schema, operation } = parts
  const findings: Findings = { ...parts, ...none(), isPublic: true }
  const type = schema.getQueryType()
  const root = type
    ? placeOf([operation.selectionSet], { type, isRoot: true, isAnnounced: false }, findings)
    : undefined
  return freshnessBy(root, findings)
}

function none() {
  return { places: 0, ages: [], unannounced: [], isAnnounced: true }
}

function freshnessBy(root: Place | undefined, findings: Findings): Freshness {
  const { places, ages, unannounced, isPublic, isAnnounced } = findings
  return {
    maxAge: ages.length === 0 ? 0 : Math.min(...ages),
    isPublic,
    root: isAnnounced && root ? root : undefined,
    asksUnannounced: (values) => unannounced.some((asks) => asks(values)),
    size: bytesOfPlace * places + bytesOfArguments * unannounced.length,
  }
}

/** Of what a fetch asks of entities of a type. An age that is inherited from what they stand on is none here. */
export function freshnessOfEntities(name: string, parts: FreshnessParts): Freshness {
  const { schema, rules, operation } = parts
  const type = schema.getType(name)
  const hint = rules.hints.get(name)
  const findings: Findings = {
    ...parts,
    ...none(),
    isPublic: hint?.isPrivate !== true,
  }
  // Only the answer says what it is of.
  if (!isObjectType(type)) return freshnessBy(undefined, { ...findings, ages: [0] })
  const around = { type, isRoot: hint?.maxAge === undefined, isAnnounced: hint?.message !== undefined }
  if (hint?.maxAge !== undefined) findings.ages.push(hint.maxAge)
  return freshnessBy(placeOf([operation.selectionSet], around, findings), findings)
}

function placeOf(sets: readonly SelectionSetNode[], around: Around, findings: Findings): Place {
  const { rules, ages, unannounced } = findings
  const { type } = around
  const fields = selectedOf(type, sets, findings)
  const messages = new Set<string>()
  const inner = new Map<string, Place>()
  findings.places += 1
  for (const [responseKey, nodes] of fields) {
    const found = foundAt(nodes, type, rules)
    if (found === undefined) {
      // It changes nothing. The rest, the schema and what the schema does not show, is not for others to keep.
      if (nodes.some(({ name }) => name.value !== '__typename')) ages.push(0)
      continue
    }
    const place = `${type.name}.${found.field.name}`
    if (found.own?.message !== undefined) messages.add(found.own.message)
    for (const node of nodes) unannounced.push(...unannouncedIn(node, { field: found.field, place, rules }))
    const below = placeUnder(found, around, findings)
    if (below !== undefined) inner.set(responseKey, below)
  }
  return {
    key: keyNameIn(fields, rules.keys.get(type.name)),
    message: rules.hints.get(type.name)?.message,
    messages: messages.size === 0 ? noMessages : [...messages],
    inner: inner.size === 0 ? nothingInside : inner,
  }
}

// Most places are such.
const noMessages: readonly string[] = []
const nothingInside: ReadonlyMap<string, Place> = new Map()

/** Undefined for a field that the schema does not show, such as one of introspection. */
function foundAt(nodes: readonly FieldNode[], type: GraphQLObjectType, { hints }: CacheRules): Found | undefined {
  const field = type.getFields()[nodes[0]?.name.value ?? '']
  if (field === undefined) return undefined
  const named = getNamedType(field.type)
  return {
    nodes,
    field,
    own: hints.get(`${type.name}.${field.name}`),
    ofType: isCompositeType(named) ? hints.get(named.name) : undefined,
  }
}

/** What stands under a field; undefined where that is a scalar. */
function placeUnder(found: Found, around: Around, findings: Findings): Place | undefined {
  const { nodes, field, own, ofType } = found
  const named = getNamedType(field.type)
  const maxAge = own?.maxAge ?? ofType?.maxAge
  const inherits = !isCompositeType(named) || own?.inherits === true || ofType?.inherits === true
  if (maxAge !== undefined) findings.ages.push(maxAge)
  else if (around.isRoot || !inherits) findings.ages.push(0)
  if ((own?.isPrivate ?? ofType?.isPrivate) === true) findings.isPublic = false
  const isAnnounced = isAnnouncedAt(found, around)
  if (!isAnnounced) findings.isAnnounced = false
  if (!isCompositeType(named)) return undefined
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? [])
  if (isObjectType(named)) return placeOf(sets, { type: named, isRoot: false, isAnnounced }, findings)
  // Only the answer says what it is of.
  findings.ages.push(0)
  if (findings.rules.hasPrivate) findings.isPublic = false
  return undefined
}

/** What is in a list is not announced by the messages of its elements; what has an age of its own is no part of what it stands on. */
function isAnnouncedAt({ field, own, ofType }: Found, around: Around): boolean {
  if (own?.message !== undefined) return true
  if (ofType?.message !== undefined) return around.isAnnounced || !isListType(getNullableType(field.type))
  return around.isAnnounced && own?.maxAge === undefined && ofType?.maxAge === undefined
}

/** What the client calls the key in the answer; undefined where it does not ask for it. */
function keyNameIn(fields: ReadonlyMap<string, readonly FieldNode[]>, key: string | undefined): string | undefined {
  for (const [responseKey, [node]] of fields) if (key !== undefined && node?.name.value === key) return responseKey
  return undefined
}
