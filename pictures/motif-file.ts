import { paintNames, type Paint } from './palette.ts'
import { readElements, type Element } from './well-formed.ts'

/** Draws one thing about the middle of a 640 by 640 picture, standing on a ground at 500. */
export type Motif = (paint: Paint) => string

const shape = ['fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin', 'stroke-dasharray']
const any = ['opacity', 'transform']

/** What a motif's file may hold: shapes with colours, and nothing that runs or that is elsewhere. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  svg: ['xmlns', 'viewBox'],
  title: [],
  g: any,
  path: ['d', ...shape, ...any],
  rect: ['x', 'y', 'width', 'height', 'rx', ...shape, ...any],
  circle: ['cx', 'cy', 'r', ...shape, ...any],
  ellipse: ['cx', 'cy', 'rx', 'ry', ...shape, ...any],
}

const colourForm = new RegExp(`^(?:none|#[0-9a-f]{6}|var\\(--(?:${paintNames.join('|')}), #[0-9a-f]{6}\\))$`)
const measureForm = /^(?!.*url)[-\w .,()]+$/
const variable = /var\(--(\w+), #[0-9a-f]{6}\)/

const head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640">'
const fileForm = new RegExp(`^${head.replaceAll('/', '\\/')}\\s*<title>[^<]+</title>(.*)</svg>\\s*$`, 's')

/**
 * Reads a motif from its file.
 * @throws Error that says what in it cannot be taken
 */
export function parseMotif(svg: string): Motif {
  const elements = readElements(svg)
  if (typeof elements === 'string') throw new Error(elements)
  for (const element of elements) assertAllowed(element)
  const body = fileForm.exec(svg)?.[1]
  if (body === undefined) throw new Error(`it is not ${head}, a title, and shapes`)
  // Every second piece is the name of a variable.
  const pieces = body.replaceAll(/\s*\n\s*/g, '').split(variable)
  const parts = pieces.map((piece, at) => (at % 2 === 0 ? piece : { colour: paintName(piece) }))
  return (paint) => parts.map((part) => (typeof part === 'string' ? part : paint[part.colour])).join('')
}

function paintName(name: string): keyof Paint {
  const known = paintNames.find((each) => each === name)
  if (known === undefined) throw new Error(`there is no colour ${name}`)
  return known
}

function assertAllowed({ name, attributes }: Element): void {
  const ofElement = allowed[name]
  if (ofElement === undefined) throw new Error(`<${name}> is no shape`)
  for (const [attribute, value] of attributes) {
    if (!ofElement.includes(attribute)) throw new Error(`<${name}> may not have ${attribute}`)
    if (name === 'svg') continue
    const isColour = attribute === 'fill' || attribute === 'stroke'
    if (!(isColour ? colourForm : measureForm).test(value)) throw new Error(`${attribute}="${value}" is not known`)
  }
}
