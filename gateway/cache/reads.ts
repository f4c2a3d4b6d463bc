import { OperationTypeNode, type GraphQLSchema } from 'graphql'

import { byChoice } from '../engine/choices.ts'
import type { Variables } from '../engine/client-document.ts'
import type { PreparedOperation } from '../engine/prepare/prepared.ts'
import { freshnessOf, type Freshness } from './freshness.ts'
import { messagesOf, type Place } from './parts.ts'
import type { CacheRules } from './rules.ts'

/** A read whose answer is the same for everybody for a while. */
export interface SharedRead {
  /** The operation, and the values of its variables. */
  readonly key: string
  /** Seconds; more than 0. */
  readonly maxAge: number
  /** What tells of changes of its parts; undefined where nothing tells of some. */
  readonly root: Place | undefined
  readonly messages: ReadonlySet<string>
}

export type SharedReadOf = (prepared: PreparedOperation, values: Variables) => SharedRead | undefined

interface Known extends Freshness {
  readonly messages: ReadonlySet<string>
}

/** Bytes of what is known of all operations. */
const knownBytes = 8 * 1_048_576

/** Finds out which reads may be shared. What needs no values of variables is found once an operation. */
export function sharedReads({ schema, rules }: { schema: GraphQLSchema; rules: CacheRules }): SharedReadOf {
  const freshnessFor = byChoice({
    bytes: knownBytes,
    make({ operation, fragments }: PreparedOperation, values, grow): Known {
      const freshness = freshnessOf({ schema, rules, operation, fragments, values })
      grow(freshness.size)
      return { ...freshness, messages: freshness.root === undefined ? new Set() : messagesOf(freshness.root) }
    },
  })

  return (prepared, values) => {
    const { operation, plan } = prepared
    if (operation.operation !== OperationTypeNode.QUERY) return undefined
    if (plan.kind !== 'at once' || plan.step === undefined || plan.introspection !== undefined) return undefined
    const { maxAge, isPublic, root, messages, asksUnannounced } = freshnessFor(prepared, values)
    if (maxAge <= 0 || !isPublic || asksUnannounced(values)) return undefined
    return { key: `${plan.step.key} ${JSON.stringify(values)}`, maxAge, root, messages }
  }
}
