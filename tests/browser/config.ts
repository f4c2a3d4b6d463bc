import { z } from 'zod'

import { parseConfig } from '../../platform/config.ts'

const schema = z.object({
  CHROMIUM: z.string().default('/usr/bin/chromium').describe('the browser to run'),
  SOUK_SCREENSHOTS: z.string().optional().describe('where to keep screenshots; a temporary folder where not set'),
})

export interface BrowserConfig {
  readonly chromium: string
  /** Null: nobody wants to keep them. */
  readonly screenshotDir: string | null
}

export function browserConfig(environment: Record<string, string | undefined> = process.env): BrowserConfig {
  const { CHROMIUM, SOUK_SCREENSHOTS } = parseConfig(schema, environment)
  return { chromium: CHROMIUM, screenshotDir: SOUK_SCREENSHOTS ?? null }
}
