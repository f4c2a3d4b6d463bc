import { issueErrand } from '../../platform/identity/errand.ts'
import type { PassportOffice } from '../../platform/identity/passport.ts'
import type { SubgraphLink } from '../dependencies.ts'
import { isErrand } from './errands.ts'
import { LinkFailure } from './link-failure.ts'
import type { Link } from './link.ts'
import { isQuery } from './operation-type.ts'

interface CallParts {
  readonly passports: PassportOffice | undefined
  readonly giveErrands: boolean
}

/**
 * Sends a fetch to its subgraph, with a passport that names who is asking, and with what is forwarded of the client's headers. What was called off before is not begun.
 */
export function callSubgraph(link: SubgraphLink, { passports, giveErrands }: CallParts): Link {
  return async (fetch, cancellation) => {
    const { subgraph, query, operationName, variables, deadline, asker } = fetch
    const { viewer, traceparent, changed, forwarded } = asker
    // Only who verifies passports can tell that it is said by us.
    const clientAddress = passports && asker.clientAddress
    const issued = passports?.(viewer, subgraph)
    const passport = issued instanceof Promise ? await issued : issued
    const errand = passports && giveErrands && isErrand(fetch) ? await issueErrand(passports, viewer) : undefined
    cancellation.throwIfCancelled()
    const isFirstChange = !isQuery(query) && !changed.has(subgraph)
    // Noted before it is sent: when nobody waits any more, nobody would come back here.
    if (isFirstChange) changed.add(subgraph)
    try {
      return await link.execute({
        query,
        operationName,
        variables,
        passport,
        errand,
        traceparent,
        clientAddress,
        forwarded,
        deadline,
        cancellation,
      })
    } catch (thrown) {
      if (isFirstChange && thrown instanceof LinkFailure && !thrown.sent) changed.delete(subgraph)
      throw thrown
    }
  }
}
