/** The colours of one picture. */
export interface Palette {
  main: string
  accent: string
  /** For outlines, handles and small details. */
  dark: string
  /** Paper, icing, dials: what is white or nearly so. */
  light: string
  ground: string
  /** A quiet shape behind the thing. */
  backdrop: string
}

/** What is white, main and all. */
const white = '#f8f5ef'
/** What is drawn beside things too dark for the usual lines. */
const paleLines = '#8a7462'

const colourWords: [string, string][] = [
  ['eau-de-nil', '#a9cdb9'],
  ['multicolour', '#e0a43c'],
  ['retrospot', '#c9433f'],
  ['burgundy', '#7d2f42'],
  ['turquoise', '#43a6a4'],
  ['chocolate', '#6b4a3a'],
  ['lavender', '#a595c9'],
  ['pistachio', '#a8bf7f'],
  ['strawberry', '#d2474c'],
  ['christmas', '#b93a3c'],
  ['camouflage', '#77805a'],
  ['spaceboy', '#3d6fa5'],
  ['dolly', '#e48aa4'],
  ['woodland', '#7f9a62'],
  ['union', '#35528f'],
  ['yellow', '#ecc04f'],
  ['orange', '#e18a44'],
  ['purple', '#85659f'],
  ['fuchsia', '#c8437f'],
  ['silver', '#c2c7cf'],
  ['green', '#6a9d78'],
  ['ivory', '#f4ebd8'],
  ['cream', '#f3e7cb'],
  ['white', white],
  ['black', '#3a3a42'],
  ['skulls?', '#3a3a42'],
  ['brown', '#90694a'],
  ['wicker', '#c9a069'],
  ['wood(?:en)?', '#b98a5c'],
  ['zinc', '#aeb8bf'],
  ['copper', '#c07a4f'],
  ['amber', '#dd9b3c'],
  ['amethyst', '#9173b5'],
  ['peach', '#f0b491'],
  ['lilac', '#b79ed0'],
  ['aqua', '#7cc4c8'],
  ['teal', '#3f8788'],
  ['grey', '#9a9fa6'],
  ['mint', '#a3d3bb'],
  ['gold', '#d4a94a'],
  ['pink', '#e88fa6'],
  ['blue', '#5289ba'],
  ['ruby', '#a52f4c'],
  ['lime', '#b2c653'],
  ['red', '#c9433f'],
  ['rose', '#dd7f92'],
]

// Colours of a country shop's window: what goes beside each other in any order.
const ownColours = ['#c9433f', '#5289ba', '#6a9d78', '#e88fa6', '#d99b3f', '#43a6a4', '#85659f', '#d8775a', '#3d6b8c']
const accents = ['#f0b43f', '#d8574f', '#3f8788', '#e07b91', '#4f7fae', '#8aa55c']
const paleGrounds = ['#f7ecdd', '#e9f0ea', '#f8e7e3', '#e6eef5', '#f4efd9', '#eeeaf4', '#e4f0f0']
const deepGrounds = ['#9db9c6', '#c6a99b', '#a3b99c', '#d3a09b', '#aca1c2', '#8ea6b6']

const wordPattern = new RegExp(`(?:^|-)(?:${colourWords.map(([word]) => `(${word})`).join('|')})(?=-|$)`, 'g')

/** Colours from the words of a slug; where it names none, from the picture's own number. */
export function paletteOf(slug: string, pick: Pick): Palette {
  const named = [...new Set([...slug.matchAll(wordPattern)].map((found) => colourOf(found)))]
  const main = named[0] ?? pick('main', ownColours)
  const pale = brightness(main) > 0.8
  const others = accents.filter((colour) => distance(colour, main) > 90)
  return {
    main,
    accent: named[1] ?? pick('accent', others),
    dark: brightness(main) < 0.35 ? paleLines : '#4a3b3f',
    light: '#fffaf1',
    ground: pick('ground', pale ? deepGrounds : paleGrounds),
    backdrop: pale ? 'rgba(255,255,255,.22)' : 'rgba(255,255,255,.62)',
  }
}

/** One of several for a purpose: the same for the same picture, always. */
export type Pick = (purpose: string, choices: readonly string[]) => string

function colourOf([, ...groups]: RegExpMatchArray): string {
  return colourWords[groups.findIndex(Boolean)]?.[1] ?? '#c9433f'
}

/** From 0, black, to 1, white. */
export function brightness(colour: string): number {
  const [red, green, blue] = channels(colour)
  return (0.3 * red + 0.59 * green + 0.11 * blue) / 255
}

function distance(one: string, other: string): number {
  const others = channels(other)
  return Math.hypot(...channels(one).map((channel, at) => channel - (others[at] ?? 0)))
}

function channels(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1), 16)
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

/** What a motif paints with, by the names of the variables in its file. */
export type Paint = Readonly<Record<PaintName, string>>

export const paintNames = ['fill', 'main', 'accent', 'dark', 'light', 'coloured', 'handle', 'icing', 'metal'] as const
type PaintName = (typeof paintNames)[number]

/** @param fill what the main surface is covered with: the main colour, or a pattern of it */
export function paintOf({ main, accent, dark, light }: Palette, fill: string): Paint {
  return {
    ...{ fill, main, accent, dark, light },
    // What would not be seen if it were white.
    coloured: main === white ? accent : main,
    // A pattern on a thin line is only noise.
    handle: fill === main ? main : dark,
    icing: main === white ? accent : '#f9dcc6',
    metal: dark === paleLines ? '#c2c7cf' : '#d4a94a',
  }
}
