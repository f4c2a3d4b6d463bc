import { Kind, visit, type DirectiveNode, type DocumentNode, type ObjectTypeDefinitionNode } from 'graphql'

/** What the supergraph says of how long something stays as it is: `@cacheControl` and `@changesWith`. */
export interface Hint {
  /** Seconds. */
  readonly maxAge: number | undefined
  readonly isPrivate: boolean | undefined
  /** As long as what it stands on. */
  readonly inherits: boolean
  /** The type of the message that tells of a change. */
  readonly message: string | undefined
}

export interface CacheRules {
  /** By type, `Product`, and by field, `Product.name`. */
  readonly hints: ReadonlyMap<string, Hint>
  /** By type: the field by which messages name an entity of it. */
  readonly keys: ReadonlyMap<string, string>
  /** Arguments, `Query.products.first`, and fields of inputs, `ProductFilter.text`, that make an answer change unannounced. */
  readonly unannounced: ReadonlySet<string>
  /** The types of all messages that tell of changes. */
  readonly messages: ReadonlySet<string>
  /** Whether anything at all is marked as somebody's own. */
  readonly hasPrivate: boolean
}

/** Reads out of a supergraph what may be kept, for how long, and what tells of its changes. */
export function cacheRulesIn(supergraph: DocumentNode): CacheRules {
  const hints = new Map<string, Hint>()
  const keys = new Map<string, string>()
  const unannounced = new Set<string>()
  const note = (place: string, directives: readonly DirectiveNode[] = []) => {
    const hint = hintIn(directives)
    if (hint !== undefined) hints.set(place, hint)
    if (directives.some(({ name }) => name.value === 'changesUnannounced')) unannounced.add(place)
  }

  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      for (const { name, directives } of definition.fields ?? [])
        note(`${definition.name.value}.${name.value}`, directives)
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue
    const type = definition.name.value
    note(type, definition.directives)
    const key = keyOf(definition)
    if (key !== undefined) keys.set(type, key)
    for (const field of definition.fields ?? []) {
      const place = `${type}.${field.name.value}`
      note(place, field.directives)
      for (const { name, directives } of field.arguments ?? []) note(`${place}.${name.value}`, directives)
    }
  }
  const messages = new Set([...hints.values()].flatMap(({ message }) => message ?? []))
  return { hints, keys, unannounced, messages, hasPrivate: hasPrivate(supergraph) }
}

/** Of an interface and its fields, too. */
function hasPrivate(supergraph: DocumentNode): boolean {
  let isFound = false
  visit(supergraph, {
    Directive(directive) {
      if (hintIn([directive])?.isPrivate === true) isFound = true
    },
  })
  return isFound
}

function hintIn(directives: readonly DirectiveNode[]): Hint | undefined {
  const control = directives.find(({ name }) => name.value === 'cacheControl')
  const changes = directives.find(({ name }) => name.value === 'changesWith')
  if (control === undefined && changes === undefined) return undefined
  const maxAge = valueOf(control, 'maxAge')
  const scope = valueOf(control, 'scope')
  return {
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
    isPrivate: scope === undefined ? undefined : scope === 'PRIVATE',
    inherits: valueOf(control, 'inheritMaxAge') === true,
    message: valueOf(changes, 'message')?.toString(),
  }
}

function valueOf(directive: DirectiveNode | undefined, name: string): string | boolean | undefined {
  const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value
  return value !== undefined && 'value' in value ? value.value : undefined
}

/** The first key that is one field. */
function keyOf({ directives = [] }: ObjectTypeDefinitionNode): string | undefined {
  const keys = directives.filter(({ name }) => name.value === 'join__type').map((joined) => valueOf(joined, 'key'))
  return keys.find((key): key is string => typeof key === 'string' && /^\w+$/.test(key))
}
