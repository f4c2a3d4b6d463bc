import type { GraphQLObjectType } from 'graphql'

import type { TestSouk } from '../../support/souk.ts'
import { subgraphSchemas } from '../../support/schemas.ts'
import { keysOf, objectTypes, pathsFrom, selectionOf, type Path } from './paths.ts'
import type { Known, People } from './people.ts'
import { privateTypes, type Role } from './privacy.ts'

/** A way from an entity to private data, within the subgraph that resolves it. */
export interface EntityPath {
  readonly subgraph: string
  readonly type: GraphQLObjectType
  readonly key: string
  readonly path: Path
}

export const entityPaths: readonly EntityPath[] = [...subgraphSchemas].flatMap(([subgraph, schema]) =>
  objectTypes(schema).flatMap((type) =>
    keysOf(type).flatMap((key) => pathsFrom(schema, type).map((path) => ({ subgraph, type, key, path }))),
  ),
)

/** Entities of public types lead to nothing private; each of the others is asked for. */
export const privateEntities: readonly string[] = [...subgraphSchemas].flatMap(([subgraph, schema]) =>
  objectTypes(schema)
    .filter((type) => privateTypes.has(type.name) && keysOf(type).length > 0)
    .map(({ name }) => `${subgraph} ${name}`),
)

/** What the gateway would send to reach the owner's entities of a type, with what their fields `@require`. */
function representationsOf({ type, key }: EntityPath, known: Known): Record<string, unknown>[] {
  // What recommendations asks for of a cart.
  const cart = { lines: [{ variant: { id: known.variantId } }] }
  const chosen: Record<string, Record<string, unknown>[]> = {
    'User id': [{ id: known.userId }],
    'Cart id': [
      { id: known.cartId, ...cart },
      { id: known.guestCartId, ...cart },
    ],
    'CartLine id': [{ id: known.cartLineId }],
    'Order id': [{ id: known.orderId }],
    'Payment id': [{ id: known.paymentId }],
    'Notification id': [{ id: known.notificationId }],
  }
  const representations = chosen[`${type.name} ${key}`]
  if (representations === undefined) throw new Error(`say which ${type.name} of the owner's to ask for by ${key}`)
  return representations.map((keys) => ({ __typename: type.name, ...keys }))
}

/** Asks a subgraph as the gateway would for that role; one representation at a time, so that none hides another. */
export async function askForEntities(
  { souk }: TestSouk,
  people: People,
  { entity, role }: { entity: EntityPath; role: Role },
): Promise<{ text: string; entities: unknown[]; given: unknown[] }> {
  const { subgraph, type, path } = entity
  const query = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on ${type.name} { ${selectionOf([path], () => '')} } }
  }`
  const asked = souk.subgraphs[subgraph]
  if (asked === undefined) throw new Error(`${subgraph} does not run`)
  const representations = representationsOf(entity, people.known)
  const passport = await souk.passports(people.by[role].viewer, subgraph)
  const answers = await Promise.all(
    representations.map((representation) =>
      asked.execute({ query, variables: { representations: [representation] }, passport }),
    ),
  )
  return {
    text: JSON.stringify(answers),
    entities: answers.flatMap(({ data }) => data?._entities ?? []),
    given: representations.map((representation) => representation[entity.key]),
  }
}
