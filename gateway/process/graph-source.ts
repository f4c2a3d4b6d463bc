import { ConfigError, type Environment } from '../../platform/config.ts'
import type { Graph } from '../dependencies.ts'
import type { HttpSubgraph } from '../fetch/http/http-subgraph.ts'
import type { LinkPool } from './link-pool.ts'
import { readSupergraphFile, unusable, type SupergraphFile } from './supergraph-file.ts'

export interface OpenGraph extends Required<Graph> {
  readonly subgraphs: ReadonlyMap<string, HttpSubgraph>
}

export interface GraphSource {
  readonly file: SupergraphFile
  /** Of links; those that the graph before had too are the same. */
  readonly links: LinkPool
  readonly environment: Environment | undefined
  /** Subgraphs that must be there. */
  readonly required: readonly string[]
}

/** The graph that the file holds now. @throws ConfigError where it can be none */
export async function openGraph({ file, links, environment, required }: GraphSource): Promise<OpenGraph> {
  const { supergraphSdl, urls } = await readSupergraphFile(file, environment)
  const missing = required.find((name) => !urls.has(name))
  if (missing !== undefined) throw unusable(file, new Error(`this one has no subgraph ${missing}`))
  return { supergraphSdl, ...links.open(urls) }
}

/** The link to a subgraph that is required. */
export function linkIn({ subgraphs }: OpenGraph, name: string): HttpSubgraph {
  const link = subgraphs.get(name)
  if (link === undefined) throw new ConfigError(`the supergraph has no subgraph ${name}`)
  return link
}
