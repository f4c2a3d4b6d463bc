import { z } from 'zod'

import type { Limits } from './engine/limits/limits.ts'

const limit = (usual: number) => z.coerce.number().int().min(1).max(1_000_000).default(usual)

/** What can be set of the gateway; environment variables of the same names. */
export const gatewayConfig = z.object({
  /** 0 takes any that is free. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The address to listen on; localhost unless told. */
  HOST: z.string().default('localhost'),
  /** Milliseconds a subgraph may take over one fetch. */
  FETCH_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(3_000),
  /** Words, signs and values of a document, as the parser counts them. */
  LIMIT_TOKENS: limit(2_000),
  /** Characters of a document, comments and strings included. */
  LIMIT_CHARACTERS: limit(64_000),
  /** Levels of fields within fields. */
  LIMIT_DEPTH: limit(15),
  /** How often one field may stand at one place, under one name or several. */
  LIMIT_ALIASES: limit(30),
  LIMIT_ROOT_FIELDS: limit(20),
  /** Directives at one place; ten times as many in a document. */
  LIMIT_DIRECTIVES: limit(10),
  /** Fields and fragments of an operation, those of a fragment counted each time it is spread. */
  LIMIT_SELECTIONS: limit(5_000),
  /** Objects that an answer could hold, by the sizes of its lists. */
  LIMIT_COST: limit(20_000),
  /** Values in the variables of a request. */
  LIMIT_VARIABLE_VALUES: limit(2_000),
})

/** The limits of one operation, out of a configuration. */
export function limitsFrom(config: z.infer<typeof gatewayConfig>): Limits {
  return {
    tokens: config.LIMIT_TOKENS,
    characters: config.LIMIT_CHARACTERS,
    depth: config.LIMIT_DEPTH,
    aliases: config.LIMIT_ALIASES,
    rootFields: config.LIMIT_ROOT_FIELDS,
    directives: config.LIMIT_DIRECTIVES,
    selections: config.LIMIT_SELECTIONS,
    cost: config.LIMIT_COST,
    variableValues: config.LIMIT_VARIABLE_VALUES,
  }
}

export const defaultLimits: Limits = limitsFrom(gatewayConfig.parse({}))

/** Apollo's gateway reports its start to Apollo unless this is set before it loads. */
export function disableTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
}
