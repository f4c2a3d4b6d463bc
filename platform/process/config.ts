import { z } from 'zod'

import type { Environment } from '../config.ts'
import { databaseConfig } from '../postgres/config.ts'
import { logLevels } from '../telemetry/logging.ts'

const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/ })
  .describe('an address such as postgres://user:password@database.internal:5432/souk')

/** What can be set of whatever opens a subgraph, a process or a job; environment variables of the same names. */
export const groundConfig = z.object({
  ...databaseConfig.shape,
  LOG_LEVEL: z.enum(logLevels).default('info'),
  /** NATS with JetStream, several servers of a cluster by commas; without it the bus is the database of BUS_DATABASE_URL. */
  NATS_URL: z
    .string()
    .regex(/^(nats|tls):\/\/[^,\s]+(,(nats|tls):\/\/[^,\s]+)*$/)
    .describe('nats://user:password@host:port, or several by commas')
    .optional(),
  /** On how many servers of a NATS cluster everything is kept; three where NATS_URL names three, else one. */
  NATS_COPIES: z.coerce.number().int().min(1).max(5).optional(),
  /** The bus on PostgreSQL: one database that all subgraphs share. */
  BUS_DATABASE_URL: postgresUrl.optional(),
})

export type GroundConfig = z.infer<typeof groundConfig>

/** What can be set of every process that runs a subgraph, beside that. */
export const processConfig = z.object({
  ...groundConfig.shape,
  /** Where it listens; that of supergraph.yaml where it is not set, and any that is free where it is 0. */
  PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** The address to listen on: this machine alone, unless it is set. */
  HOST: z.string().default('localhost'),
  /** The public half of what the gateway signs passports with. */
  PASSPORT_PUBLIC_KEY: z.string().describe('a public key of Ed25519 as PEM, or its file by PASSPORT_PUBLIC_KEY_FILE'),
})

export type ProcessConfig = z.infer<typeof processConfig>

/** What is set of a subgraph on PostgreSQL, beside all that. */
export const databaseOfItsOwn = {
  /** The subgraph's own database. */
  DATABASE_URL: postgresUrl,
}

/** What the process was started with. Read here alone. */
export function processEnvironment(): Environment {
  return process.env
}
