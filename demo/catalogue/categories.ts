import { z } from 'zod'

export const categoryRulesFile = z.object({
  categories: z.array(
    z.object({
      slug: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      name: z.string().min(1),
      leads: z.array(z.string()).min(1),
    }),
  ),
  rules: z.array(z.object({ category: z.string(), phrases: z.array(z.string()).min(1) })),
})

export type CategoryOf = (name: string) => string

/** Compiles `data/categories.json` into a function from a readable name to the slug of its category. */
export function categoryByName({ categories, rules }: z.infer<typeof categoryRulesFile>): CategoryOf {
  const known = new Set(categories.map(({ slug }) => slug))
  const unknown = rules.find(({ category }) => !known.has(category))
  if (unknown) throw new Error(`categories.json: a rule names the unknown category "${unknown.category}"`)

  const compiled = rules.map(({ category, phrases }) => ({
    category,
    pattern: new RegExp(`(?<![\\w'-])(?:${phrases.join('|')})s?(?![\\w'-])`),
  }))
  return (name) => {
    const spoken = name.toLowerCase()
    return compiled.find(({ pattern }) => pattern.test(spoken))?.category ?? 'other'
  }
}
