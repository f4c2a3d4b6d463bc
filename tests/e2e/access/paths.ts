import {
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
  Kind,
  type ConstValueNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

import { privateTypes } from './privacy.ts'

export interface Step {
  readonly field: string
  /** Where its arguments are looked up: `Query.order`. */
  readonly coordinate: string
  readonly hasArguments: boolean
  /** The member of the union, or the implementation of the interface, that is meant. */
  readonly on?: string
}

/** A way through the graph to one scalar. */
export interface Path {
  readonly steps: readonly Step[]
  /** The private type whose data is at its end: that of the scalar, or of the field its object hangs on. */
  readonly holder: string
  /** From the holder: `Order.number`, `Order.total.amount`. */
  readonly field: string
}

/** All object types but the roots and what composition adds. */
export function objectTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !/^_|__/.test(type.name) && !roots.includes(type))
}

/** The fields by which a type's entities are fetched, one set for each resolvable `@key`. */
export function keysOf(type: GraphQLObjectType): string[] {
  return (type.astNode?.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .map((directive) => new Map(directive.arguments?.map((argument) => [argument.name.value, argument.value])))
    .filter((given) => !isFalse(given.get('resolvable')))
    .flatMap((given) => {
      const fields = given.get('fields')
      return fields?.kind === Kind.STRING ? [fields.value] : []
    })
}

function isFalse(value: ConstValueNode | undefined): boolean {
  return value?.kind === Kind.BOOLEAN && !value.value
}

/** Every way from a type to a scalar of private data, no type twice on any of them. */
export function pathsFrom(schema: GraphQLSchema, start: GraphQLObjectType): Path[] {
  const found: Path[] = []

  function follow(type: GraphQLObjectType, steps: readonly Step[], trail: readonly GraphQLObjectType[]): void {
    for (const field of Object.values(type.getFields())) {
      if (isExternal(field)) continue
      const target = getNamedType(field.type)
      const step = { field: field.name, coordinate: `${type.name}.${field.name}`, hasArguments: field.args.length > 0 }
      if (isLeafType(target)) {
        const held = heldBy(type, trail, steps)
        if (held !== undefined) {
          found.push({ ...held, field: `${held.field}.${field.name}`, steps: [...steps, step] })
        }
        continue
      }
      for (const next of members(schema, target)) {
        if (trail.includes(next) || !leadsToPrivate(schema, next, privateTypes.has(type.name))) continue
        follow(next, [...steps, isAbstractType(target) ? { ...step, on: next.name } : step], [...trail, next])
      }
    }
  }

  follow(start, [], [start])
  return found
}

/** What the gateway brings of another subgraph: it could only be given back to who brought it. */
function isExternal({ astNode }: GraphQLField<unknown, unknown>): boolean {
  return astNode?.directives?.some(({ name }) => name.value === 'external') === true
}

/** A private type holds its own scalars, and those of public types that hang on it. */
function heldBy(
  type: GraphQLObjectType,
  trail: readonly GraphQLObjectType[],
  steps: readonly Step[],
): { holder: string; field: string } | undefined {
  if (privateTypes.has(type.name)) return { holder: type.name, field: type.name }
  const before = trail.at(-2)
  const by = steps.at(-1)
  if (before === undefined || by === undefined || !privateTypes.has(before.name)) return undefined
  return { holder: before.name, field: `${before.name}.${by.field}` }
}

function members(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type]
  return isAbstractType(type) ? schema.getPossibleTypes(type) : []
}

/** Whether there is private data there, or beyond. */
function leadsToPrivate(schema: GraphQLSchema, type: GraphQLObjectType, hangsOnPrivate: boolean): boolean {
  if (hangsOnPrivate) return true
  const seen = new Set<string>()
  const open = [type]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (privateTypes.has(next.name)) return true
    if (seen.has(next.name)) continue
    seen.add(next.name)
    open.push(...Object.values(next.getFields()).flatMap((field) => [...members(schema, getNamedType(field.type))]))
  }
  return false
}

/** The arguments of a field, as they are written in an operation. */
export type ArgumentsOf = (coordinate: string) => string

/** The selection that follows all the paths at once. */
export function selectionOf(paths: readonly Path[], argumentsOf: ArgumentsOf): string {
  const beyond = new Map<string, { step: Step; paths: Path[] }>()
  for (const path of paths) {
    const [step, ...steps] = path.steps
    if (step === undefined) continue
    const group = beyond.get(JSON.stringify(step)) ?? { step, paths: [] }
    beyond.set(JSON.stringify(step), { step, paths: [...group.paths, { ...path, steps }] })
  }
  const selected = [...beyond.values()].map(({ step, paths: inner }) => {
    const below = selectionOf(inner, argumentsOf)
    const within = step.on === undefined ? below : `__typename ... on ${step.on} { ${below} }`
    return `${step.field}${step.hasArguments ? argumentsOf(step.coordinate) : ''}${below === '' ? '' : ` { ${within} }`}`
  })
  return selected.join(' ')
}

/** How a path is called: `order.customer.email`. */
export function nameOf({ steps }: Path): string {
  return steps.map(({ field, on }) => (on === undefined ? field : `${field}<${on}>`)).join('.')
}

/** What an answer holds at the end of a path, of whatever lists are on the way. */
export function valuesAt(answer: unknown, { steps }: Path): unknown[] {
  return steps.reduce<unknown[]>(
    (values, { field }) =>
      values.flatMap((value) => {
        const inner: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined
        return inner ?? []
      }),
    [answer],
  )
}
