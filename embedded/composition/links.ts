import type { JSONWebKeySet } from 'jose'

import type { SubgraphLink } from '../../gateway/dependencies.ts'
import { httpSubgraph } from '../../gateway/fetch/http/http-subgraph.ts'
import { keysFrom } from '../../gateway/fetch/http/keys.ts'
import { SoukError } from '../../platform/errors.ts'
import type { Subgraph } from '../../platform/subgraph/subgraph.ts'
import type { Logger } from '../../platform/telemetry/logging.ts'
import { withinDeadline } from '../../platform/work/deadline.ts'
import type { EmbeddedConfig } from '../config.ts'
import type { Subgraphs } from './compose.ts'

interface LinkParts {
  readonly config: Pick<EmbeddedConfig, 'apart' | 'FETCH_DEADLINE_MS'>
  readonly log: Logger
}

interface Links {
  /** How the gateway reaches each: by a call, or over HTTP where it runs apart. */
  readonly links: ReadonlyMap<string, SubgraphLink>
  /** The subgraphs of this process: those that do not run apart. */
  readonly within: readonly Subgraph[]
  /** The keys of access tokens. */
  readonly jwks: () => Promise<JSONWebKeySet>
  /** Ends the connections to those apart. */
  close(): Promise<void>
}

export function linksTo(subgraphs: Subgraphs, { config, log }: LinkParts): Links {
  const deadline = config.FETCH_DEADLINE_MS
  const apart = new Map([...config.apart].map(([name, urls]) => [name, httpSubgraph({ name, urls, deadline, log })]))
  const all = Object.entries<Subgraph>({ ...subgraphs })
  const usersApart = apart.get('users')
  return {
    links: new Map<string, SubgraphLink>([...all, ...apart]),
    within: all.filter(([name]) => !apart.has(name)).map(([, subgraph]) => subgraph),
    jwks: usersApart ? keysFrom(usersApart, { deadline, log }) : () => keysWithin(deadline, subgraphs),
    async close() {
      await Promise.all([...apart.values()].map((link) => link.close()))
    },
  }
}

/** Asked for as everything is of a subgraph: with a deadline. */
async function keysWithin(deadline: number, { users }: Subgraphs): Promise<JSONWebKeySet> {
  try {
    return await withinDeadline(deadline, () => users.jwks())
  } catch (cause) {
    throw new SoukError('SUBGRAPH_UNAVAILABLE', 'The keys of access tokens are not available just now.', { cause })
  }
}
