import { GraphQLError, type ExecutionResult } from 'graphql'

import { LinkFailure } from '../link-failure.ts'
import type { Cancellation } from '../../../platform/work/cancellation.ts'
import type { Fetch, Link, SharedRequest } from '../link.ts'
import { shareName } from './shareable.ts'

interface SharedParts {
  /** How many there are. */
  readonly count: number
  /** The operation of those that have come, by their places. */
  queryOf(places: readonly number[], operationName: string | undefined): string
  /** The subgraph does not answer them together, and answers them apart. */
  onRefused(): void
}

interface Joined {
  readonly fetch: Fetch
  readonly cancellation: Cancellation
  readonly send: Link
  resolve(answer: ExecutionResult | Promise<ExecutionResult>): void
  reject(reason: unknown): void
}

export function sharedRequest({ count, queryOf, onRefused }: SharedParts): SharedRequest {
  const joined = new Map<number, Joined>()
  const gone = new Set<number>()

  function sendWhenAllAreThere(): void {
    if (joined.size === 0 || joined.size + gone.size < count) return
    const all = [...joined].toSorted(([one], [other]) => one - other)
    const members = all.map(([, member]) => member)
    const [first, ...others] = members
    if (first === undefined) return
    if (others.length === 0) {
      first.resolve(alone(first))
      return
    }
    const query = queryOf(
      all.map(([place]) => place),
      first.fetch.operationName,
    )
    const variables = variablesOf(members.map(({ fetch }) => fetch))
    first.send({ ...first.fetch, query, variables, share: undefined }, first.cancellation).then(
      (answer) => give(answer, { members, onRefused }),
      (thrown: unknown) => {
        // What is too large or too much for it together may not be so apart.
        if (thrown instanceof LinkFailure && thrown.kind === 'rubbish') apart(members, onRefused)
        else for (const member of members) member.reject(thrown)
      },
    )
  }

  return {
    join: (fetch, cancellation, send) =>
      new Promise((resolve, reject) => {
        joined.set(fetch.share?.place ?? 0, { fetch, cancellation, send, resolve, reject })
        sendWhenAllAreThere()
      }),
    leave(place) {
      if (joined.has(place) || gone.has(place)) return
      gone.add(place)
      sendWhenAllAreThere()
    },
  }
}

function alone({ fetch, cancellation, send }: Joined): Promise<ExecutionResult> {
  return send({ ...fetch, share: undefined }, cancellation)
}

/** Those of the client are the same in all. */
function variablesOf(fetches: readonly Fetch[]): Fetch['variables'] {
  const variables: Record<string, unknown> = {}
  for (const [place, { variables: given }] of fetches.entries()) {
    const { representations, ...others } = given
    Object.assign(variables, others, { [shareName(place)]: representations })
  }
  return variables
}

interface Giving {
  readonly members: readonly Joined[]
  readonly onRefused: () => void
}

function give({ data, errors = [] }: ExecutionResult, { members, onRefused }: Giving): void {
  const own = members.map((_, place) => errors.filter(({ path }) => path?.[0] === shareName(place)))
  const hasNoData = data === null || data === undefined
  if (hasNoData && own.every(({ length }) => length === 0)) {
    apart(members, onRefused)
    return
  }
  const ofNobody = errors.filter((error) => !own.some((mine) => mine.includes(error)))
  for (const [place, member] of members.entries()) {
    const mine = own[place] ?? []
    // Lost with another one, since there is no answer without all of them.
    if (hasNoData && mine.length === 0) member.resolve(alone(member))
    else member.resolve(answerOf(data?.[shareName(place)], [...ofNobody, ...mine.map(asOfEntities)], hasNoData))
  }
}

function answerOf(entities: unknown, errors: readonly GraphQLError[], hasNoData: boolean): ExecutionResult {
  return { data: hasNoData ? null : { _entities: entities }, ...(errors.length > 0 && { errors }) }
}

function asOfEntities({ message, path = [], extensions, originalError }: GraphQLError): GraphQLError {
  return new GraphQLError(message, {
    path: ['_entities', ...path.slice(1)],
    extensions,
    originalError: originalError ?? null,
  })
}

/** Each in a request of its own. */
function apart(members: readonly Joined[], onRefused: () => void): void {
  const answers = members.map(alone)
  for (const [at, member] of members.entries()) member.resolve(answers[at] ?? alone(member))
  void Promise.allSettled(answers).then((settled) => {
    const isAnswered = settled.every((one) => one.status === 'fulfilled' && one.value.data)
    if (isAnswered) onRefused()
  })
}
