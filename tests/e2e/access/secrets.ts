import type { People } from './people.ts'
import { forStaffAlone, givesAway, maySee, occursIn, type Role } from './privacy.ts'
import { supergraph } from '../../support/schemas.ts'
import { pathsFrom, selectionOf, valuesAt, type ArgumentsOf, type Path } from './paths.ts'

type Secret = string | number

/** What gives the owner away, by the private field it was found in: `Order.number`. */
export type Secrets = ReadonlyMap<string, ReadonlySet<Secret>>

const query = supergraph.getQueryType()
if (query === null || query === undefined) throw new Error('the supergraph has no Query')

/** Every way from the root of the graph to private data. */
export const queryPaths = pathsFrom(supergraph, query)

/** The arguments by which the roots are asked for the owner's things. */
export function argumentsFor({ known }: People): ArgumentsOf {
  const chosen: Record<string, string> = { 'Query.order': `(id: "${known.orderId}")` }
  return (coordinate) => chosen[coordinate] ?? ''
}

/** Reads all that is private of the owners, as they see it themselves; what only staff see, as staff see it. */
export async function collectSecrets(people: People): Promise<Secrets> {
  const secrets = new Map<string, Set<Secret>>()
  const argumentsOf = argumentsFor(people)
  for (const path of queryPaths.filter(({ steps }) => steps[0]?.field !== 'orders')) {
    const seer = people.by[forStaffAlone.has(path.holder) ? 'staff' : 'the owner']
    for (const { client } of path.holder.startsWith('Cart') ? [seer, people.guestOwner] : [seer]) {
      const { data } = await client.send(`{ ${selectionOf([path], argumentsOf)} }`)
      const revealing = valuesAt(data, path).filter((value) => givesAway(path.field, value))
      secrets.set(path.field, new Set([...(secrets.get(path.field) ?? []), ...revealing]))
    }
  }
  return secrets
}

/** All that the owners can see of their own and that stays as it is, unless they change it. */
export async function ownView(people: People): Promise<unknown> {
  const paths = queryPaths.filter(
    ({ holder, field, steps }) =>
      steps[0]?.field !== 'orders' &&
      !forStaffAlone.has(holder) &&
      (field.split('.').length === 2 || field.endsWith('.amount')),
  )
  const query = `{ ${selectionOf(paths, argumentsFor(people))} }`
  const [owner, guest] = await Promise.all([
    people.by['the owner'].client.send(query),
    people.guestOwner.client.run('WebCart'),
  ])
  if (owner.errors.length > 0) throw new Error(`owners cannot see their own: ${JSON.stringify(owner.errors)}`)
  return { owner: owner.data, cart: guest.data.cart }
}

/** What must not come up before that role: all secrets but those that it may see in one place or another. */
export function hiddenFrom(role: Role, secrets: Secrets): Set<Secret> {
  const all = [...secrets].map(([field, values]) => ({ type: field.split('.')[0] ?? '', values: [...values] }))
  const open = new Set(all.filter(({ type }) => maySee(role, type)).flatMap(({ values }) => values))
  const hidden = all.filter(({ type }) => !maySee(role, type)).flatMap(({ values }) => values)
  return new Set(hidden.filter((value) => !open.has(value)))
}

/** The secrets that stand in the text of an answer. @param given what the question itself held, which may come back */
export function secretsIn(text: string, secrets: Iterable<Secret>, given: readonly unknown[] = []): Secret[] {
  return [...secrets].filter((secret) => !given.includes(secret) && occursIn(text, secret))
}

/** The secrets of the very field that a path leads to. */
export function secretsOf({ field }: Path, secrets: Secrets): ReadonlySet<Secret> {
  return secrets.get(field) ?? new Set()
}
