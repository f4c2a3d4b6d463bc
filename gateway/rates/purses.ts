import type { Viewer } from '../../platform/identity/viewer.ts'
import type { BucketPolicy, Buckets, LimitRate, Taken } from '../../platform/limits/buckets.ts'
import { networkOf } from '../../platform/limits/network.ts'
import type { Rates } from './rates.ts'

/** What somebody's requests are paid from. */
export interface Purse {
  pay(tokens: number): Promise<Payment>
}

/** What was taken from the bucket that refused, or else of the one that has least left. */
export interface Payment extends Taken {
  readonly capacity: number
}

/**
 * Where a request comes from: an address, which is undefined where the client has gone before it was looked at; or a process of
 * ours, which asks for many.
 */
type From = { readonly at: string | undefined } | 'of ours'

export type PurseOf = (viewer: Viewer, from: From) => Purse

/**
 * What visitors take from their address is not the members' there: a flood without a session shuts nobody out who has
 * one. Whoever makes many sessions has one address all the same.
 */
export function pursesOf(limitRate: LimitRate, { person, address }: Rates): PurseOf {
  const persons = shares(limitRate, 'person', person)
  const members = shares(limitRate, 'members of address', address)
  const visitors = shares(limitRate, 'visitors of address', address)
  return (viewer, from) => {
    const network = from === 'of ours' ? from : networkOf(from.at ?? 'gone')
    if (viewer.kind === 'visitor') return { pay: visitors(network) }
    const own = persons(`${viewer.kind} ${viewer.id}`)
    return { pay: from === 'of ours' ? own : inTurn(own, members(network)) }
  }
}

type Pay = Purse['pay']

function shares(limitRate: LimitRate, name: string, policy: BucketPolicy): (key: string) => Pay {
  const buckets: Buckets = limitRate(name, policy)
  return (key) => async (tokens) => {
    const { granted, left, wait, fullIn } = await buckets.take(key, tokens)
    return { granted, left, wait, fullIn, capacity: policy.capacity }
  }
}

/** The own bucket first: what it refuses takes nothing from the neighbours'. */
function inTurn(own: Pay, neighbours: Pay): Pay {
  return async (tokens) => {
    const first = await own(tokens)
    if (!first.granted) return first
    const second = await neighbours(tokens)
    return second.granted && first.left <= second.left ? first : second
  }
}
