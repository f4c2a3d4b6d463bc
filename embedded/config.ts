import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { gatewayConfig } from '../gateway/config.ts'
import { readGivenUrls } from '../gateway/process/config.ts'
import { parseConfig } from '../platform/config.ts'
import { databaseConfig } from '../platform/postgres/config.ts'
import { logLevels } from '../platform/telemetry/logging.ts'
import { subgraphsConfig } from './composition/config.ts'
import { listedSubgraphs } from './composition/names.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Composed of the subgraphs as they are here. */
export const committedSupergraph = `${root}supergraph.graphql`

/** What can be set of the one process: its own variables, and those of all it holds. */
export const embeddedConfig = z.object({
  ...gatewayConfig.shape,
  ...subgraphsConfig.shape,
  ...databaseConfig.shape,
  /** `production`: no GraphiQL, no introspection, no demo accounts. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Where everything is kept: PostgreSQL, mail, keys. */
  SOUK_DATA_DIR: z.string().default(`${root}.souk`),
  /** The composed supergraph that the gateway plans by. */
  SOUK_SUPERGRAPH: z.string().default(committedSupergraph),
  LOG_LEVEL: z.enum(logLevels).default('warn'),
  /** What passports are signed with, where a subgraph runs apart and has the public half; one for this process alone without it. */
  PASSPORT_PRIVATE_KEY: z
    .string()
    .describe('a private key of Ed25519 as PEM (PKCS 8), or its file by PASSPORT_PRIVATE_KEY_FILE')
    .optional(),
})

export interface EmbeddedConfig extends z.infer<typeof embeddedConfig> {
  /** The subgraphs that are processes of their own, as `SUBGRAPH_URL_<NAME>` says, and where each answers. */
  readonly apart: ReadonlyMap<string, readonly string[]>
}

/** @throws ConfigError naming the variable and what was expected of it */
export function readConfig(environment: Record<string, string | undefined> = process.env): EmbeddedConfig {
  return { ...parseConfig(embeddedConfig, environment), apart: readGivenUrls(listedSubgraphs(), environment) }
}

/** Files of the project that the process reads. */
export const files = {
  root,
  clients: `${root}clients`,
  graphiql: `${root}clients/graphiql/dist`,
  demoData: `${root}data`,
}
