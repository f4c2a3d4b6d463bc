import type { JSONWebKeySet } from 'jose'
import type { z } from 'zod'

import type { PostgresDatabase } from '../postgres/database.ts'
import type { SubgraphDependencies } from '../subgraph/deps.ts'
import type { Subgraph } from '../subgraph/subgraph.ts'

/** What a subgraph is put on by a process: all but its stores, and how to open these. */
export interface Ground extends Omit<SubgraphDependencies, 'stores'> {
  /** Connects to the subgraph's own PostgreSQL; what is published there names the subgraph. */
  postgres(url: string): PostgresDatabase
  /** Ends what was opened, when the subgraph has stopped. */
  onStop(end: () => Promise<void>): void
}

/** A subgraph as a process holds it: users has keys to show beside the graph. */
export interface HeldSubgraph extends Subgraph {
  jwks?(): Promise<JSONWebKeySet>
}

/** How one subgraph becomes a process: what can be set of it, and which stores follow from that. */
export interface SubgraphProcess<Config = unknown, Held extends HeldSubgraph = HeldSubgraph> {
  readonly name: string
  readonly config: z.ZodType<Config>
  /** A method, so that what creates one kind stands in a list of several. */
  create(config: Config, ground: Ground): Promise<Held> | Held
}

/** Names the types of what it is given. */
export function defineProcess<Config, Held extends HeldSubgraph>(
  definition: SubgraphProcess<Config, Held>,
): SubgraphProcess<Config, Held> {
  return definition
}
