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
    return `${variable} is ${shown(variable, given[variable])}: ${issue.message}`
  })
  throw new ConfigError(problems.join('; '))
}

/** The value as a log may show it. */
function shown(variable: string, value: string | undefined): string {
  if (value === undefined) return 'missing'
  if (/SECRET|PASSWORD|TOKEN|KEY/.test(variable)) return 'not valid'
  // What stands before the @ of a URL is somebody's password.
  return JSON.stringify(value.replace(/\/\/[^/@]*@/, '//...@'))
}
