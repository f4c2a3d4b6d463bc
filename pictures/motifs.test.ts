import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { parseMotif } from './motif-file.ts'
import { motifNames } from './motif.ts'
import { paintNames, type Paint } from './palette.ts'

const folder = new URL('./motifs/', import.meta.url)
const files = readdirSync(folder)
const paint = Object.fromEntries(paintNames.map((name) => [name, `<${name}>`])) as Paint

const file = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640">\n  <title>Mug</title>\n  ${body}\n</svg>\n`

describe('the files of motifs', () => {
  it('are those that products can be drawn by', () => {
    expect(files.toSorted()).toEqual([...motifNames].map((name) => `${name}.svg`).toSorted())
  })

  it.each(files)('%s holds shapes, and colours that are known', (name) => {
    const drawn = parseMotif(readFileSync(new URL(name, folder), 'utf8'))(paint)
    expect(drawn).toMatch(/^<(path|rect|circle|ellipse|g) /)
    expect(drawn).not.toContain('var(')
  })
})

describe('a motif', () => {
  it('is painted in the colours that it is given', () => {
    const body = '<rect x="1" y="2" width="3" height="4" fill="var(--main, #c9433f)" stroke="#fffaf1"/>'
    const drawn = '<rect x="1" y="2" width="3" height="4" fill="<main>" stroke="#fffaf1"/>'
    expect(parseMotif(file(body))(paint)).toBe(drawn)
  })

  it.each([
    ['a script', '<script>alert(1)</script>', '<script> is no shape'],
    ['a style', '<style>path{fill:red}</style>', '<style> is no shape'],
    ['another picture', '<image href="https://example.org/a.png"/>', '<image> is no shape'],
    ['a reference', '<use href="#m"/>', '<use> is no shape'],
    ['a link', '<a href="https://example.org"><path d="M0 0"/></a>', '<a> is no shape'],
    ['a handler', '<path d="M0 0" onload="alert(1)"/>', '<path> may not have onload'],
    ['a style of its own', '<path d="M0 0" style="fill:red"/>', '<path> may not have style'],
    ['a colour that is elsewhere', '<path d="M0 0" fill="url(#f)"/>', 'fill="url(#f)" is not known'],
    ['a variable that nobody sets', '<path d="M0 0" fill="var(--mane, #c9433f)"/>', 'is not known'],
    ['a variable with no colour of its own', '<path d="M0 0" fill="var(--main)"/>', 'is not known'],
    ['a shape that is not closed', '<path d="M0 0">', '</svg> closes nothing'],
    ['an attribute twice', '<path d="M0 0" d="M1 1"/>', 'has an attribute twice'],
    ['text', 'Hello &nbsp;', 'stray text'],
  ])('may not hold %s', (_what, body, reason) => {
    expect(() => parseMotif(file(body))).toThrow(reason)
  })

  it.each([
    ['without a title', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640"><path d="M0 0"/></svg>'],
    ['of another size', file('<path d="M0 0"/>').replace('640 640', '24 24')],
  ])('is not taken %s', (_what, svg) => {
    expect(() => parseMotif(svg)).toThrow('it is not <svg')
  })
})
