import type { Evaluated } from './evaluation.ts'
import type { SurfaceName } from './surfaces.ts'

const surfaces: readonly SurfaceName[] = ['cart', 'home', 'page']
const barHeight = 16
const [left, width, top] = [150, 560, 34]
const scale = 0.2

/** R@10 of each way at each place of the shop, with its confidence interval, drawn as SVG. */
export function plotOf(results: readonly Evaluated[]): string {
  const groups = surfaces.map((surface) => results.filter((result) => result.surface === surface))
  const groupHeight = (groups[0]?.length ?? 0) * (barHeight + 4) + 34
  const height = top + groups.length * groupHeight
  const drawn = groups.flatMap((group, place) => groupOf(group, top + place * groupHeight))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="760" height="${height}" fill="#ffffff"/>`,
    heading(20, 'R@10 on October and November 2011, through the graph; the line is the 95 % interval'),
    ...drawn,
    '</svg>',
    '',
  ].join('\n')
}

function groupOf(group: readonly Evaluated[], y: number): string[] {
  const [first] = group
  if (first === undefined) return []
  return [heading(y + 14, first.surface), ...group.flatMap((one, place) => barOf(one, y + 22 + place * 20))]
}

function barOf({ configuration, at10: { recall } }: Evaluated, y: number): string[] {
  const x = (value: number) => (left + (value / scale) * width).toFixed(1)
  const middle = y + barHeight / 2
  const fill = configuration === 'served' ? '#b3404a' : '#9fb3c8'
  return [
    text(10, y + 12, configuration),
    `<rect x="${left}" y="${y}" width="${((recall.mean / scale) * width).toFixed(1)}" height="${barHeight}" fill="${fill}"/>`,
    `<path d="M${x(recall.low)} ${middle}H${x(recall.high)}" stroke="#333333"/>`,
    text(Number(x(recall.high)) + 6, y + 12, recall.mean.toFixed(3)),
  ]
}

function heading(y: number, content: string): string {
  return `<text x="10" y="${y}" font-weight="bold" fill="#222222">${content}</text>`
}

function text(x: number, y: number, content: string): string {
  return `<text x="${x}" y="${y}" fill="#222222">${content}</text>`
}
