import type { PassportOffice } from '../../platform/identity/passport.ts'
import type { SubgraphLink } from '../dependencies.ts'
import type { Link } from './link.ts'

/** Sends a fetch to its subgraph, with a passport that names who is asking. What was called off before is not begun. */
export function callSubgraph(link: SubgraphLink, passports: PassportOffice): Link {
  return async ({ subgraph, query, operationName, variables, deadline, asker }, signal) => {
    const { viewer, traceparent, clientAddress } = asker
    const passport = await passports(viewer, subgraph)
    signal.throwIfAborted()
    return link.execute({ query, operationName, variables, passport, traceparent, clientAddress, deadline, signal })
  }
}
