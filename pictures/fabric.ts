import { brightness, type Palette } from './palette.ts'
import { circle, ellipse, flower, heart, path, rect, star, stroke } from './shapes.ts'

/** What the main surfaces are covered with: a colour, or a repeating pattern and its definition. */
export interface Fabric {
  fill: string
  definition: string
}

interface Weave {
  /** A regular expression of whole words in a slug. */
  words: string
  size: [number, number]
  marks(mark: string, palette: Palette): string
}

// The first whose word is in the slug is used, so the particular come before the general.
const weaves: Weave[] = [
  { words: 'union-(?:jack|flag|stripe)', size: [150, 100], marks: unionFlag },
  { words: 'retrospot', size: [46, 46], marks: () => dots('#fffaf1', 10) },
  { words: 'polkadot|polka|spot|spots|spotty|spotted|dots', size: [54, 54], marks: (mark) => dots(mark, 9) },
  { words: 'gingham|check', size: [44, 44], marks: gingham },
  { words: 'stripes?|stripey|stripy|deckchair', size: [44, 44], marks: (mark) => rect([0, 0, 18, 44], mark) },
  { words: 'skulls?', size: [78, 78], marks: (mark) => skull(mark) },
  { words: 'paisley', size: [64, 64], marks: (mark, { accent }) => paisley(mark, accent) },
  {
    words: 'hearts?|sweetheart|love',
    size: [60, 60],
    marks: (mark) => heart([18, 18, 11], mark) + heart([48, 48, 11], mark),
  },
  {
    words: 'stars?|spaceboy|space',
    size: [64, 64],
    marks: (mark) => star([18, 20, 12], mark) + star([50, 52, 9], mark),
  },
  { words: 'strawberr(?:y|ies)|fruit', size: [66, 66], marks: strawberries },
  { words: 'butterfl(?:y|ies)', size: [72, 72], marks: (mark) => butterfly(mark) },
  { words: 'toadstools?|mushrooms?', size: [70, 70], marks: (mark) => toadstool(mark) },
  { words: 'lea(?:f|ves)|fern|ivy|woodland|botanical|tree', size: [60, 60], marks: (mark) => leaves(mark) },
  {
    words: 'roses?|rosebud|flowers?|floral|dais(?:y|ies)|blossom|posy|posies|poppies|chrysanthemum|garden|dolly|suki',
    size: [70, 70],
    marks: (mark, { accent }) => flower([20, 20, 9], mark, accent) + flower([54, 54, 7], mark, accent),
  },
  { words: 'lace|doily|filigree|crochet|snowflakes?', size: [48, 48], marks: lace },
  { words: 'circles?|babushka|carousel|circus|jazz|funky', size: [64, 64], marks: rings },
  {
    words: 'zig|moroccan|folkart|madras|kashmir|scandinavian',
    size: [48, 32],
    marks: (mark) => stroke('M0 26L12 8L24 26L36 8L48 26', mark, 5),
  },
]

const weavesByWord = weaves.map((weave) => ({ ...weave, pattern: new RegExp(`(?:^|-)(?:${weave.words})(?:-|$)`) }))

export function fabricOf(slug: string, palette: Palette): Fabric {
  const weave = weavesByWord.find(({ pattern }) => pattern.test(slug))
  if (!weave) return { fill: palette.main, definition: '' }
  const [width, height] = weave.size
  const mark = brightness(palette.main) > 0.72 ? palette.accent : '#fffaf1'
  const cloth = rect([0, 0, width, height], palette.main) + weave.marks(mark, palette)
  return {
    fill: 'url(#f)',
    definition: `<pattern id="f" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${cloth}</pattern>`,
  }
}

function dots(mark: string, radius: number): string {
  return circle([13, 13, radius], mark) + circle([38, 38, radius], mark)
}

function gingham(mark: string): string {
  const faint = 'opacity=".55"'
  return rect([0, 0, 22, 44], mark, faint) + rect([0, 0, 44, 22], mark, faint)
}

function unionFlag(_mark: string, _palette: Palette): string {
  const white = '#fffaf1'
  const red = '#c9433f'
  return (
    rect([0, 0, 150, 100], '#35528f') +
    stroke('M0 0L150 100M150 0L0 100', white, 20) +
    stroke('M0 0L150 100M150 0L0 100', red, 7) +
    stroke('M75 0V100M0 50H150', white, 32) +
    stroke('M75 0V100M0 50H150', red, 18)
  )
}

function skull(mark: string): string {
  const head = path('M18 30a20 18 0 0 1 40 0q0 12-8 15v8H26v-8q-8-3-8-15Z', mark)
  return head + circle([30, 32, 5], '#3a3a42') + circle([46, 32, 5], '#3a3a42')
}

function paisley(mark: string, accent: string): string {
  const drop = path('M14 40C4 20 26 4 40 14C30 16 44 34 30 42C24 46 18 46 14 40Z', mark)
  return drop + circle([26, 32, 5], accent) + circle([54, 54, 4], mark)
}

function strawberries(mark: string): string {
  const berry = path('M20 18q16-6 20 2q2 14-14 26q-14-10-14-22q0-6 8-6Z', mark)
  return berry + path('M26 20l-8-8l8 2l4-6l4 6l8-2l-8 8Z', '#6a9d78')
}

function butterfly(mark: string): string {
  return path('M36 36C20 8 4 22 14 36C6 46 22 60 36 36C50 60 66 46 58 36C68 22 52 8 36 36Z', mark)
}

function toadstool(mark: string): string {
  return path('M12 36a22 20 0 0 1 44 0Z', mark) + rect([28, 36, 12, 16, 4], '#fffaf1') + circle([34, 26, 5], '#c9433f')
}

function leaves(mark: string): string {
  return (
    path('M8 34C10 14 30 8 34 8C34 26 24 36 8 34Z', mark) + path('M34 56C34 42 48 34 56 36C56 48 48 56 34 56Z', mark)
  )
}

function lace(mark: string): string {
  return (
    circle([24, 24, 15], 'none', `stroke="${mark}" stroke-width="4"`) +
    circle([24, 24, 4], mark) +
    circle([0, 0, 6], mark)
  )
}

function rings(mark: string, { accent }: Palette): string {
  return circle([20, 22, 13], mark) + circle([20, 22, 6], accent) + ellipse([50, 50, 8, 8], mark)
}
