import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { gatewayConfig } from '../gateway/config.ts'
import { parseConfig } from '../platform/config.ts'
import { databaseConfig } from '../platform/postgres/config.ts'
import { logLevels } from '../platform/telemetry/logging.ts'
import { subgraphsConfig } from './composition/config.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What can be set of the one process: its own variables, and those of all it holds. */
const embeddedConfig = z.object({
  ...gatewayConfig.shape,
  ...subgraphsConfig.shape,
  ...databaseConfig.shape,
  /** `production`: no GraphiQL, no introspection, no demo accounts. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Where everything is kept: PostgreSQL, mail, keys. */
  SOUK_DATA_DIR: z.string().default(`${root}.souk`),
  /** The composed supergraph that the gateway plans by. */
  SOUK_SUPERGRAPH: z.string().default(`${root}supergraph.graphql`),
  LOG_LEVEL: z.enum(logLevels).default('warn'),
})

export type EmbeddedConfig = z.infer<typeof embeddedConfig>

/** @throws ConfigError naming the variable and what was expected of it */
export function readConfig(environment: Record<string, string | undefined> = process.env): EmbeddedConfig {
  return parseConfig(embeddedConfig, environment)
}

/** Files of the project that the process reads. */
export const files = {
  root,
  graphiql: `${root}clients/graphiql/dist`,
  demoData: `${root}data`,
}
