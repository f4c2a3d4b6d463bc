import { OperationTypeNode, type GraphQLSchema } from 'graphql'

import { byChoice } from '../engine/choices.ts'
import type { Variables } from '../engine/client-document.ts'
import type { PreparedOperation } from '../engine/prepare/prepared.ts'
import type { Asker } from '../fetch/link.ts'
import { freshnessOf, type Freshness } from './freshness.ts'
import { messagesOf, type Place } from './parts.ts'
import type { CacheRules } from './rules.ts'

/** A read whose answer is the same for all visitors who ask for it at the same time. */
export interface SharedRead {
  /** All that the answer is made by. */
  readonly key: string
  /** Undefined where nobody may keep the answer. */
  readonly keeping: Keeping | undefined
}

/** For how long an answer may be kept. */
export interface Keeping {
  /** Seconds; more than 0. */
  readonly maxAge: number
  /** What tells of changes of its parts; undefined where nothing tells of some. */
  readonly root: Place | undefined
  readonly messages: ReadonlySet<string>
}

interface AskedWith {
  /** As the client sent them, and as subgraphs are sent them. */
  readonly given: Variables
  readonly values: Variables
  readonly asker: Pick<Asker, 'viewer' | 'forwarded'>
}

export type SharedReadOf = (prepared: PreparedOperation, asked: AskedWith) => SharedRead | undefined

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

  return (prepared, { given, values, asker: { viewer, forwarded } }) => {
    const { operation, plan } = prepared
    if (viewer.kind !== 'visitor' || operation.operation !== OperationTypeNode.QUERY) return undefined
    if (plan.kind !== 'at once' || plan.step === undefined || plan.introspection !== undefined) return undefined
    const known = freshnessFor(prepared, values)
    if (!known.isPublic) return undefined
    const { key } = plan.step
    if (known.maxAge > 0 && forwarded === undefined && !known.asksUnannounced(values)) {
      return { key: `${key} ${JSON.stringify(values)}`, keeping: known }
    }
    return { key: `${key}${givenIn(operation, given)}${headersIn(forwarded)}`, keeping: undefined }
  }
}

/** As they are sent: a subgraph that is newer than the supergraph may have other defaults within an input. JSON has no line breaks. */
function givenIn({ variableDefinitions = [] }: PreparedOperation['operation'], given: Variables): string {
  let text = ''
  for (const { variable } of variableDefinitions) {
    const name = variable.name.value
    if (Object.hasOwn(given, name)) text += `\n$${name} ${JSON.stringify(given[name])}`
  }
  return text
}

function headersIn(forwarded: Asker['forwarded']): string {
  return forwarded === undefined ? '' : `\n${JSON.stringify(forwarded)}`
}
