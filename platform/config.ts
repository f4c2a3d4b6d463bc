import { readFileSync } from 'node:fs'

import { z } from 'zod'

import { isSecretVariable } from './telemetry/redaction.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A configuration that cannot be used: names the variable and what was expected of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once, into a typed configuration. What is expected of a variable is derived from its schema; where
 * that says too little (a pattern), by its `describe`. A variable may be given by a file: `DATABASE_URL_FILE`.
 * @throws ConfigError naming each variable that is wrong, with what was expected
 */
export function parseConfig<Config>(schema: z.ZodType<Config>, environment: Environment): Config {
  const variables = describedIn(schema)
  const given = withSecretFiles(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== '')),
    Object.keys(variables),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  // What lies deeper is a part of what was read from a variable, and no variable.
  const wrong = new Set(result.error.issues.map(({ path: [variable] }) => String(variable)))
  const problems = [...wrong].map(
    (name) => `${name} is ${shown(name, given[name])}: expected ${expectation(variables[name] ?? {})}`,
  )
  throw new ConfigError(problems.join('; '))
}

/** What is secret need not stand in the environment: where X_FILE names a file, X is what the file holds. */
function withSecretFiles(given: Environment, names: readonly string[]): Environment {
  const fromFiles = names
    .filter((name) => given[name] === undefined && given[`${name}_FILE`] !== undefined)
    .map((name) => [name, contentOf(`${name}_FILE`, given)] as const)
  return { ...given, ...Object.fromEntries(fromFiles) }
}

function contentOf(variable: string, given: Environment): string {
  const path = given[variable] ?? ''
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new ConfigError(`${variable} is ${JSON.stringify(path)}: expected a file that can be read`, { cause })
  }
}

/** What JSON Schema says of a variable. */
const variableSchema = z.object({
  description: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
})
type Variable = z.infer<typeof variableSchema>

function describedIn(schema: z.ZodType): Record<string, Variable> {
  const { properties } = z.toJSONSchema(schema, { unrepresentable: 'any' })
  return z.record(z.string(), variableSchema).parse(properties ?? {})
}

function expectation({ description, type, ...limits }: Variable): string {
  if (description !== undefined) return description
  if (limits.enum !== undefined) return `one of ${limits.enum.join(', ')}`
  if (type === 'integer') return `a whole number${rangeOf(limits)}`
  if (type === 'number') return `a number${rangeOf(limits)}`
  if (limits.minLength !== undefined) return `at least ${limits.minLength} characters`
  return 'a value'
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Omit<Variable, 'type' | 'description'>): string {
  const least =
    minimum !== undefined ? ` from ${minimum}` : exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : ''
  // Of integers zod gives a limit of its own: what a number can hold.
  if (maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER) return least
  return minimum === undefined ? `${least}, at most ${maximum}` : `${least} to ${maximum}`
}

/** The value as a log may show it. */
function shown(variable: string, value: string | undefined): string {
  if (value === undefined) return 'missing'
  if (isSecretVariable(variable)) return 'not valid'
  // What stands before the @ of a URL is somebody's password.
  return JSON.stringify(value.replace(/\/\/[^/@]*@/, '//...@'))
}
