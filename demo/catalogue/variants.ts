import { z } from 'zod'

export const variantRulesFile = z.object({
  options: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.string()).optional(),
      pattern: z.string().optional(),
      price: z.enum(['alike', 'grows']),
      fewest: z.int().min(2),
    }),
  ),
})

/** An item with its readable name. */
export interface NamedItem {
  index: number
  code: string
  name: string
  price: number
}

/** One product to be: several items with the values that tell them apart, or a single item with none. */
export interface VariantGroup {
  name: string
  members: [VariantMember, ...VariantMember[]]
}

interface VariantMember {
  item: NamedItem
  values: { name: string; value: string }[]
}

interface Option {
  name: string
  price: 'alike' | 'grows'
  fewest: number
  pattern: RegExp
  rank(value: string): number
}

interface StatedItem {
  item: NamedItem
  values: Map<Option, string | null>
}

interface Candidate {
  item: NamedItem
  rest: string
  values: { option: Option; value: string }[]
}

// A colour costs nothing extra in a shop; items further apart than this only happen to share their words.
const alikeWithin = 1.1

/** Finds the items that are one product in several colours or sizes. Every item is in exactly one group. */
export function groupVariants(items: NamedItem[], rules: z.infer<typeof variantRulesFile>): VariantGroup[] {
  const options = rules.options.map(compiledOption)
  // Two options at once come first: six notebooks in colours and sizes are one product, not two.
  const pairs = options.flatMap((first, at) => options.slice(at + 1).map((second) => [first, second]))
  const stated = items.map((item) => ({
    item,
    values: new Map(options.map((option) => [option, valueIn(item, option)])),
  }))
  const groups: VariantGroup[] = []
  const taken = new Set<number>()
  for (const together of [...pairs, ...options.map((option) => [option])]) {
    const free = stated.filter(({ item }) => !taken.has(item.index))
    for (const candidates of alikeBut(together, free).values()) {
      if (!isOneProduct(together, candidates)) continue
      for (const { item } of candidates) taken.add(item.index)
      groups.push(...groupOf(together, candidates))
    }
  }
  const single = items.filter((item) => !taken.has(item.index))
  return [...groups, ...single.map((item): VariantGroup => ({ name: item.name, members: [{ item, values: [] }] }))]
}

function compiledOption(rule: z.infer<typeof variantRulesFile>['options'][number]): Option {
  const values = rule.values ?? []
  // Longest first, so that "Sky Blue" is not taken for "Blue".
  const phrases = values.toSorted((a, b) => b.length - a.length).map((value) => value.replaceAll('/', '\\/'))
  const source = rule.pattern ?? `(?<![\\w/'])(?:${phrases.join('|')})(?![\\w/'])`
  return {
    name: rule.name,
    price: rule.price,
    fewest: rule.fewest,
    pattern: new RegExp(source, 'g'),
    rank: (value) => (rule.values ? values.indexOf(value) : 0),
  }
}

/** The one value of an option that an item's name states; null when it states none, or several. */
function valueIn({ name }: NamedItem, { pattern }: Option): string | null {
  const [value, another] = name.match(pattern) ?? []
  return value !== undefined && another === undefined ? value : null
}

/** Items that state all these options, by what is left of their names without the values. */
function alikeBut(options: Option[], items: StatedItem[]): Map<string, Candidate[]> {
  const byRest = new Map<string, Candidate[]>()
  for (const { item, values: all } of items) {
    const values = options.flatMap((option) => {
      const value = all.get(option)
      return value ? [{ option, value }] : []
    })
    if (values.length < options.length) continue
    const stripped = values.reduce((name, { value }) => name.replace(wholePhrase(value), ' '), item.name)
    const rest = stripped
      .replace(/\s+/g, ' ')
      .replace(/ ,/g, ',')
      .replace(/,?\s*$/, '')
      .trim()
    byRest.set(rest, [...(byRest.get(rest) ?? []), { item, rest, values }])
  }
  return byRest
}

function wholePhrase(value: string): RegExp {
  return new RegExp(`(?<![\\w/'])${value}(?![\\w/'])`)
}

function isOneProduct(options: Option[], candidates: Candidate[]): boolean {
  const distinct = new Set(candidates.map(({ values }) => values.map(({ value }) => value).join('|')))
  const kinds = options.map((_, at) => new Set(candidates.map(({ values }) => values[at]?.value)).size)
  const grid = kinds.reduce((product, kind) => product * kind, 1)
  return (
    distinct.size === candidates.length &&
    options.every(({ fewest }) => candidates.length >= fewest) &&
    kinds.every((kind) => kind > 1) &&
    grid === candidates.length &&
    options.every((option, at) => pricesFit(option, at, candidates))
  )
}

/** Within each value of the other options: alike for a colour, never falling as a size grows. */
function pricesFit(option: Option, at: number, candidates: Candidate[]): boolean {
  const rows = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const others = candidate.values.filter((_, place) => place !== at)
    const key = others.map(({ value }) => value).join('|')
    rows.set(key, [...(rows.get(key) ?? []), candidate])
  }
  return [...rows.values()].every((row) => {
    const byRank = row.toSorted((a, b) => rankAt(a, at) - rankAt(b, at))
    const prices = byRank.map(({ item }) => item.price)
    if (option.price === 'alike') return Math.max(...prices) <= Math.min(...prices) * alikeWithin
    return prices.every((price, place) => place === 0 || price >= (prices[place - 1] ?? 0))
  })
}

function rankAt({ values }: Candidate, at: number): number {
  const chosen = values[at]
  return chosen ? chosen.option.rank(chosen.value) : 0
}

function groupOf(options: Option[], candidates: Candidate[]): VariantGroup[] {
  const ordered = candidates.toSorted((a, b) => {
    const differing = options.map((_, at) => rankAt(a, at) - rankAt(b, at)).find((difference) => difference !== 0)
    return differing ?? a.item.index - b.item.index
  })
  const [first, ...others] = ordered.map(({ item, values }) => ({
    item,
    values: values.map(({ option, value }) => ({ name: option.name, value })),
  }))
  return first ? [{ name: candidates[0]?.rest ?? first.item.name, members: [first, ...others] }] : []
}
