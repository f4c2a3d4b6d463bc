import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'yaml'
import { z } from 'zod'

import { ConfigError } from '../config.ts'

const listFile = z.object({
  subgraphs: z.record(z.string(), z.object({ url: z.url(), schema: z.string() })),
})

export interface ListedSubgraph {
  readonly name: string
  /** Where it answers when it runs as a process of its own. */
  readonly url: string
  /** Path of its SDL, relative to the root of the repository. */
  readonly schemaFile: string
}

/**
 * The subgraphs of `supergraph.yaml`, the one list of them.
 * @throws ConfigError when the list cannot be read, or names a schema that is not there
 */
export function readSubgraphList(root: string): ListedSubgraph[] {
  const parsed = listFile.safeParse(parse(readFileSync(join(root, 'supergraph.yaml'), 'utf8')))
  if (!parsed.success) throw new ConfigError(`supergraph.yaml: ${z.prettifyError(parsed.error)}`)
  const subgraphs = Object.entries(parsed.data.subgraphs).map(([name, { url, schema }]) => ({
    name,
    url,
    schemaFile: schema,
  }))
  const missing = subgraphs.filter(({ schemaFile }) => !existsSync(join(root, schemaFile)))
  if (missing.length > 0) {
    throw new ConfigError(
      `supergraph.yaml names schemas that are not there: ${missing.map(({ schemaFile }) => schemaFile).join(', ')}`,
    )
  }
  return subgraphs
}
