import type { z } from 'zod'

/** A configuration that cannot be used: names the variable and what was expected of it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once, into a typed configuration.
 * @throws ConfigError naming each variable that is wrong, with what was expected
 */
export function parseConfig<Config>(
  schema: z.ZodType<Config>,
  environment: Record<string, string | undefined>,
): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => {
    const variable = issue.path.join('.')
    const value = given[variable]
    return `${variable}${value === undefined ? ' is missing' : ` is ${JSON.stringify(value)}`}: ${issue.message}`
  })
  throw new ConfigError(problems.join('; '))
}
