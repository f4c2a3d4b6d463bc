import { shareable, sharedQuery, type Shareable } from '../../../fetch/sharing/shareable.ts'
import type { SharedRequest } from '../../../fetch/link.ts'
import { sharedRequest } from '../../../fetch/sharing/shared-request.ts'
import type { FetchPart } from '../plan/requests.ts'
import { fetchingEntities, type EntityFetch, type Gathered } from './entities.ts'
import { keepingErrors, sending, type Send } from './fetching.ts'
import type { FetchParts, PlanStep } from './state.ts'

/** Milliseconds. */
const refusedFor = 60_000

interface Member extends EntityFetch {
  readonly send: Send
  readonly shareable: Shareable
}

/** A member that has something to ask for. */
interface Asking {
  readonly member: Member
  readonly gathered: Gathered
}

/** Fetches of entities that share one request, with those among them that have something to ask for. */
export function fetchingTogether(fetches: readonly FetchPart[], parts: FetchParts): PlanStep {
  const members = fetches.map((part) => memberOf(part, parts))
  const subgraph = fetches[0]?.node.serviceName ?? ''
  const queryOf = writingQueries()
  /** By `performance.now()`: a subgraph that has refused once, such as in a bad moment, is asked so again. */
  let apartUntil = 0

  return async (state) => {
    const asking = members.flatMap((member): Asking[] => {
      const gathered = member.gather(state)
      return gathered === undefined ? [] : [{ member, gathered }]
    })
    const request =
      asking.length < 2 || performance.now() < apartUntil
        ? undefined
        : sharedRequest({
            count: asking.length,
            queryOf: (places, name) =>
              queryOf(
                places.flatMap((place) => asking[place]?.member ?? []),
                name,
              ),
            onRefused() {
              apartUntil = performance.now() + refusedFor
              parts.metrics.requestSplit(subgraph)
            },
          })
    await Promise.all(asking.map((one, place) => fetched(one, { request, place })(state)))
  }
}

function memberOf(part: FetchPart, parts: FetchParts): Member {
  const taken = shareable(part.node.operation)
  if (taken === undefined) throw new Error('this fetch cannot share a request')
  return { ...fetchingEntities(part, parts), send: sending(part.node, parts), shareable: taken }
}

interface Sharing {
  /** Undefined where it is asked for alone. */
  readonly request: SharedRequest | undefined
  readonly place: number
}

function fetched({ member, gathered }: Asking, { request, place }: Sharing): PlanStep {
  return keepingErrors(async (state) => {
    const { representations } = gathered
    const share = request && { request, place }
    try {
      member.fill(state, gathered, await member.send(state, representations, share))
    } finally {
      request?.leave(place)
    }
  })
}

type WriteQuery = (members: readonly Member[], operationName: string | undefined) => string

/** Mostly it is the same members that ask, under the same name. */
function writingQueries(): WriteQuery {
  let last: {
    readonly members: readonly Member[]
    readonly operationName: string | undefined
    readonly query: string
  } = {
    members: [],
    operationName: undefined,
    query: '',
  }
  return (members, operationName) => {
    if (!isLast(members, operationName)) {
      last = {
        members,
        operationName,
        query: sharedQuery(
          members.map((member) => member.shareable),
          operationName,
        ),
      }
    }
    return last.query
  }

  function isLast(members: readonly Member[], operationName: string | undefined): boolean {
    return (
      last.operationName === operationName &&
      last.members.length === members.length &&
      last.members.every((member, place) => member === members[place])
    )
  }
}
