import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { fabricOf } from './fabric.ts'
import { motifFor } from './motif.ts'
import { motifs } from './motifs.ts'
import { paintOf, paletteOf, type Palette, type Pick } from './palette.ts'
import { circle, ellipse, path, rect } from './shapes.ts'

const slugForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const longestSlug = 120

/**
 * Draws a product from nothing but its address: what it is by the words of its slug or its category, its colours and
 * pattern by those words too, the rest by a checksum of them. The same address is the same picture, always. Null when the
 * address is not made of slugs.
 */
export function drawProductImage(categorySlug: string, slug: string): string | null {
  if (![categorySlug, slug].every((part) => slugForm.test(part) && part.length <= longestSlug)) return null
  const pick: Pick = (purpose, choices) => choices[crc32(`${purpose}:${slug}`) % choices.length] ?? ''
  const palette = paletteOf(slug, pick)
  const fabric = fabricOf(slug, palette)
  const motif = motifs.get(motifFor(categorySlug, slug))?.(paintOf(palette, fabric.fill)) ?? ''
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640" width="640" height="640" role="img">',
    `<title>${escaped(titleOf(slug))}</title>`,
    fabric.definition && `<defs>${fabric.definition}</defs>`,
    rect([0, 0, 640, 640], palette.ground),
    backdrop(pick, palette),
    ellipse([320, 522, 200, 20], '#4a3b3f', 'opacity=".12"'),
    arranged(motif, slug),
    '</svg>',
  ].join('')
}

export interface ProductImage {
  /** SVG. */
  body: string
  /** Strong, in its quotation marks, as the header wants it. */
  etag: string
}

const fileForm = /^([^/]+)\.svg$/

/** The picture at `/images/<category>/<file>`, where the file is `<product slug>.svg`; null when no such address can be. */
export function productImage({ category, file }: { category: string; file: string }): ProductImage | null {
  const slug = fileForm.exec(file)?.[1]
  const body = slug === undefined ? null : drawProductImage(category, slug)
  return body === null ? null : { body, etag: etagOf(body) }
}

// Of the content, so that a better drawing in a later version is fetched although its address is the same.
function etagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
}

function backdrop(pick: Pick, { backdrop: colour }: Palette): string {
  const shapes: Record<string, string> = {
    moon: circle([320, 320, 262], colour),
    arch: path('M90 600V330a230 230 0 0 1 460 0v270Z', colour),
    card: rect([70, 70, 500, 500, 90], colour),
    hill: path('M0 640V430q320-150 640 0v210Z', colour),
    blob: path('M110 160q120-130 300-70t150 240q-10 200-200 240t-270-130q-70-150 20-280Z', colour),
  }
  return shapes[pick('backdrop', Object.keys(shapes))] ?? ''
}

/** A small thing is drawn small, and of a set one sees that it is several. */
function arranged(motif: string, slug: string): string {
  const several = /(?:^|-)(?:set|pack|box|bundle)-of-(\d+|six)(?:-|$)/.exec(slug)?.[1]
  if (several) {
    const places =
      several === '2'
        ? ['translate(20 170)', 'translate(320 170)']
        : ['translate(20 190)', 'translate(320 190)', 'translate(170 40)']
    const copies = places.map((place) => `<use href="#m" transform="${place}scale(.47)"/>`)
    return `<defs><g id="m">${motif}</g></defs>${copies.join('')}`
  }
  // About the middle of its foot, so that it still stands on the ground.
  return `<g transform="translate(320 510)scale(${scaleOf(slug)})translate(-320 -510)">${motif}</g>`
}

function scaleOf(slug: string): number {
  if (/(?:^|-)(?:mini|miniature)(?:-|$)/.test(slug)) return 0.7
  if (/(?:^|-)small(?:-|$)/.test(slug)) return 0.8
  if (/(?:^|-)(?:large|jumbo|giant|big)(?:-|$)/.test(slug)) return 1.06
  return 0.94
}

/** "red-retrospot-mug" is read aloud as "Red retrospot mug". */
function titleOf(slug: string): string {
  const words = slug.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
