import { isIP } from 'node:net'

import { z } from 'zod'

import type { Limits } from './engine/limits/limits.ts'
import { mayBeForwarded } from './forwarded.ts'
import type { Rates } from './rates/rates.ts'

const limit = (usual: number) => z.coerce.number().int().min(1).max(1_000_000).default(usual)
/** Words separated by commas, each of which fits. */
export function listOf(fits: RegExp | ((word: string) => boolean)) {
  const test = fits instanceof RegExp ? (word: string) => fits.test(word) : fits
  const split = (text: string) => text.split(',').map((word) => word.trim())
  return z
    .string()
    .refine((text) => split(text).every(test))
    .transform(split)
}

/** As browsers write it into `origin`. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}

function isAddressOrSubnet(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  return version !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

const developmentPorts = [3000, 3001, 4000, 4200, 5173, 5174, 8080, 8081, 19006]

/** Where front ends in development are served from by the usual tools. */
const developmentOrigins = ['http://localhost', 'http://127.0.0.1'].flatMap((host) =>
  developmentPorts.map((port) => `${host}:${port}`),
)

/** What can be set of the gateway; environment variables of the same names. */
export const gatewayConfig = z.object({
  /** 0 takes any that is free. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  /** The address to listen on; localhost by default. */
  HOST: z.string().default('localhost'),
  /** The names it is served under. Without it: those of this machine itself where HOST is one of them, else any. */
  ALLOWED_HOSTS: listOf(/^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^[0-9a-f:.]+$/i)
    .describe('names or addresses without a port, separated by commas, such as shop.example.org,*.example.org')
    .optional(),
  /** The origins whose pages may read answers; without it, those of development servers, and none in production. */
  CORS_ORIGINS: listOf(isOrigin)
    .describe('origins separated by commas, such as https://shop.example.org,http://localhost:3000')
    .optional(),
  /** Who may name a client's address in `x-forwarded-for`; without it the address is that of the connection. */
  TRUSTED_PROXIES: listOf(isAddressOrSubnet)
    .describe('addresses or subnets separated by commas, such as 10.0.0.0/8,::1')
    .optional(),
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
  /** Fields with a selection, those of one name at one place counted once: what planning takes its time for. */
  LIMIT_BRANCHES: limit(200),
  LIMIT_ROOT_FIELDS: limit(20),
  /** Directives at one place; ten times as many in a document. */
  LIMIT_DIRECTIVES: limit(10),
  /** Fields and fragments of an operation, those of a fragment counted each time it is spread. */
  LIMIT_SELECTIONS: limit(5_000),
  /** Objects that an answer could hold, by the sizes of its lists. */
  LIMIT_COST: limit(20_000),
  /** Values in the variables of a request. */
  LIMIT_VARIABLE_VALUES: limit(2_000),
  /** Tokens that a user or a guest may spend in a minute: one a request, and more for a costly one. */
  RATE_PER_PERSON: limit(3_000),
  /** Tokens a minute of one address: as many for all who have no session, and again for all who have one. */
  RATE_PER_ADDRESS: limit(12_000),
  /** Objects that an answer could hold, as `LIMIT_COST` counts them, for each of which a request takes one token more. */
  RATE_COST_PER_TOKEN: limit(500),
  /** Mebibytes of answers that are kept, of what is the same for everybody; 0 keeps none. */
  CACHE_MEBIBYTES: z.coerce.number().int().min(0).max(16_384).default(64),
  /** The folder of the operations that clients have registered; of Souk's own graph, those in `clients/` where it is not set. */
  SOUK_OPERATIONS: z.string().optional(),
  /** Headers of a client's request that subgraphs are sent too; none where it is not set. */
  FORWARD_HEADERS: listOf(mayBeForwarded)
    .transform((names) => names.map((name) => name.toLowerCase()))
    .describe(
      'names of headers separated by commas, such as authorization,accept-language; none that belong to a connection',
    )
    .optional(),
})

export type GatewayConfig = z.infer<typeof gatewayConfig>

/** The limits of one operation, out of a configuration. */
export function limitsFrom(config: GatewayConfig): Limits {
  return {
    tokens: config.LIMIT_TOKENS,
    characters: config.LIMIT_CHARACTERS,
    depth: config.LIMIT_DEPTH,
    aliases: config.LIMIT_ALIASES,
    branches: config.LIMIT_BRANCHES,
    rootFields: config.LIMIT_ROOT_FIELDS,
    directives: config.LIMIT_DIRECTIVES,
    selections: config.LIMIT_SELECTIONS,
    cost: config.LIMIT_COST,
    variableValues: config.LIMIT_VARIABLE_VALUES,
  }
}

export const defaultLimits: Limits = limitsFrom(gatewayConfig.parse({}))

const mebibyte = 1_048_576

/** Bytes of answers that are kept, out of a configuration. */
export function cacheBytesFrom({ CACHE_MEBIBYTES }: Pick<GatewayConfig, 'CACHE_MEBIBYTES'>): number {
  return CACHE_MEBIBYTES * mebibyte
}

export const defaultCacheBytes = cacheBytesFrom(gatewayConfig.parse({}))

const minute = 60_000

/** How much may be asked in a minute, out of a configuration. */
export function ratesFrom(config: GatewayConfig): Rates {
  return {
    person: { capacity: config.RATE_PER_PERSON, fillsIn: minute },
    address: { capacity: config.RATE_PER_ADDRESS, fillsIn: minute },
    costPerToken: config.RATE_COST_PER_TOKEN,
  }
}

export const defaultRates: Rates = ratesFrom(gatewayConfig.parse({}))

/** Whose pages may read answers, where it is not set. */
export function defaultCorsOrigins({ production }: { production: boolean }): readonly string[] {
  return production ? [] : developmentOrigins
}
