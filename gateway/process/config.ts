import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { z } from 'zod'

import { parseConfig } from '../../platform/config.ts'
import { groundConfig } from '../../platform/process/config.ts'
import { redisConfig } from '../../platform/redis/config.ts'
import { gatewayConfig, listOf } from '../config.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What can be set of the gateway as a process of its own. */
export const gatewayProcessConfig = z.object({
  ...gatewayConfig.shape,
  // The bus tells it of what changes, so that it can keep answers.
  ...groundConfig.shape,
  ...redisConfig.shape,
  /** `production`: no GraphiQL, no introspection. */
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** The composed supergraph that it plans by. */
  SOUK_SUPERGRAPH: z.string().default(fileURLToPath(new URL('../../supergraph.graphql', import.meta.url))),
  /** How many processes share the port, of which this one looks after; `auto` is one for each core. It is alone where it is not set. */
  WORKERS: z
    .union([z.literal('auto').transform(availableParallelism), z.coerce.number().int().min(1).max(64)])
    .describe('a number from 1 to 64, or auto')
    .optional(),
  /** Milliseconds that it goes on to answer after SIGTERM, while `/readyz` says that it is stopping. */
  LEAVE_MS: z.coerce.number().int().min(0).max(10_000).default(2_000),
})

export type GatewayProcessConfig = z.infer<typeof gatewayProcessConfig>

/** What its identity needs beside that, where the graph is Souk's own. */
const identityConfig = z.object({
  /** What it signs passports with; subgraphs have the public half. */
  PASSPORT_PRIVATE_KEY: z
    .string()
    .describe('a private key of Ed25519 as PEM (PKCS 8), or its file by PASSPORT_PRIVATE_KEY_FILE'),
})

/** @throws ConfigError naming the variable and what was expected of it */
export function readIdentityConfig(environment: Environment = process.env): z.infer<typeof identityConfig> {
  return parseConfig(identityConfig, environment)
}

/** @throws ConfigError naming the variable and what was expected of it */
export function readGatewayProcessConfig(environment: Environment = process.env): GatewayProcessConfig {
  return parseConfig(gatewayProcessConfig, environment)
}

const replicas = listOf((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)).describe(
  'addresses separated by commas, such as http://cart-1:4004/graphql,http://cart-2:4004/graphql',
)

/**
 * Where each subgraph answers: as its `SUBGRAPH_URL_<NAME>` says, one address for each replica, else as the supergraph does.
 * @throws ConfigError naming the variable and what was expected of it
 */
export function readSubgraphUrls(
  composed: ReadonlyMap<string, string>,
  environment: Environment = process.env,
): Map<string, readonly string[]> {
  const given = readGivenUrls([...composed.keys()], environment)
  return new Map([...composed].map(([name, url]) => [name, given.get(name) ?? [url]]))
}

/** Of those subgraphs that have a `SUBGRAPH_URL_<NAME>`, where each answers. @throws ConfigError */
export function readGivenUrls(names: readonly string[], environment: Environment): Map<string, readonly string[]> {
  const variables = Object.fromEntries(names.map((name) => [variableOf(name), replicas.optional()]))
  const given = parseConfig(z.object(variables), environment)
  return new Map(
    names.flatMap((name) => {
      const urls = given[variableOf(name)]
      return urls === undefined ? [] : [[name, urls] as const]
    }),
  )
}

/** The variable that says where a subgraph answers. */
export function variableOf(subgraph: string): string {
  return `SUBGRAPH_URL_${subgraph.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
