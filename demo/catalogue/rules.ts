import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { categoryRulesFile } from './categories.ts'
import { factRulesFile } from './facts.ts'
import { nameRulesFile } from './names.ts'
import { variantRulesFile } from './variants.ts'

export interface DemoRules {
  names: z.infer<typeof nameRulesFile>
  categories: z.infer<typeof categoryRulesFile>
  variants: z.infer<typeof variantRulesFile>
  facts: z.infer<typeof factRulesFile>
}

/** The rules that turn the raw items into a shop's catalogue; they are data, in `data/*.json`. */
export async function readDemoRules(dataDir: string): Promise<DemoRules> {
  const [names, categories, variants, facts] = await Promise.all([
    readRules(dataDir, 'names.json', nameRulesFile),
    readRules(dataDir, 'categories.json', categoryRulesFile),
    readRules(dataDir, 'variants.json', variantRulesFile),
    readRules(dataDir, 'facts.json', factRulesFile),
  ])
  return { names, categories, variants, facts }
}

async function readRules<Schema extends z.ZodType>(
  dir: string,
  file: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(JSON.parse(await readFile(join(dir, file), 'utf8')))
  if (!parsed.success) throw new Error(`${file} is not a rule file:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
