import type { Cause } from './causes.ts'
import type { Evaluated } from './evaluation.ts'
import type { Estimate } from './measures.ts'
import type { SurfaceName } from './surfaces.ts'

const titles: Readonly<Record<SurfaceName, string>> = {
  page: 'Product page: one product known, the second half of the basket to be found',
  cart: 'Cart: the first half of the basket known, the second half to be found',
  home: 'Home: all earlier baskets of a customer known, what is new in the next one to be found',
}

const columns = ['R@10', 'HR@10', 'nDCG@10', 'MRR@10', 'R@20', 'HR@20', 'nDCG@20', 'MRR@20']
const character = ['coverage', 'diversity', 'novelty, bits', 'p50, ms', 'p95, ms']

/** Two tables a place of the shop, as Markdown: how right it is, and what it is like. */
export function tablesOf(results: readonly Evaluated[]): string {
  return (['cart', 'home', 'page'] as const)
    .map((surface) =>
      tableOf(
        titles[surface],
        results.filter((result) => result.surface === surface),
      ),
    )
    .join('\n\n')
}

function tableOf(title: string, results: readonly Evaluated[]): string {
  const table = (columns: readonly string[], cellsOf: (result: Evaluated) => string[]) => {
    const head = ['', ...columns]
    return tableOfCells([head, head.map(() => '---'), ...results.map((result) => [nameOf(result), ...cellsOf(result)])])
  }
  return [
    `${title}; ${results[0]?.trials ?? 0} trials.`,
    table(columns, accuracyCells),
    table(character, characterCells),
  ].join('\n\n')
}

function nameOf({ configuration }: Evaluated): string {
  return configuration === 'served' ? '**served**' : configuration
}

function accuracyCells({ at10, at20 }: Evaluated): string[] {
  return [at10, at20].flatMap(({ recall, hitRate, ndcg, mrr }) => [recall, hitRate, ndcg, mrr].map(withInterval))
}

function characterCells({ character: { coverage, diversity, novelty, p50, p95 } }: Evaluated): string[] {
  return [shown(coverage), shown(diversity), novelty.toFixed(1), p50.toFixed(1), p95.toFixed(1)]
}

function withInterval({ mean, low, high }: Estimate): string {
  return `${shown(mean)} (${shown(low)}–${shown(high)})`
}

function shown(value: number): string {
  return value.toFixed(3).replace('0.', '.')
}

/** One line a cause, as Markdown. */
export function causesTable(causes: readonly Cause[]): string {
  const rows = causes.map(({ what, accuracy: { recall, hitRate } }) => [what, shown(recall.mean), shown(hitRate.mean)])
  return tableOfCells([['what', 'R@10', 'HR@10'], ['---', '---', '---'], ...rows])
}

function tableOfCells(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Where tables lie in the document, by the command that writes them. */
const places = {
  figures: ['<!-- figures: npm run evaluate -->', '<!-- end of figures -->'],
  causes: ['<!-- causes: npm run evaluate -- --causes -->', '<!-- end of causes -->'],
} as const

/** The document with the tables in place of those that it had. */
export function withTables(document: string, place: keyof typeof places, tables: string): string {
  const [begin, end] = places[place]
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from < 0 || to < 0) throw new Error(`docs/recommendations.md has no place for the ${place}`)
  return `${document.slice(0, from + begin.length)}\n\n${tables}\n\n${document.slice(to)}`
}
