/** SVG elements as text. Every number is a user unit of a 640 by 640 picture; colours are our own, never input. */

export function path(d: string, fill: string, extra = ''): string {
  return `<path d="${d}" fill="${fill}"${extra && ` ${extra}`}/>`
}

/** A line without filling, round at its ends. */
export function stroke(d: string, colour: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
}

/** A rectangle: left, top, width, height and, if round, the corner's radius. */
export function rect([x, y, width, height, radius = 0]: number[], fill: string, extra = ''): string {
  const round = radius ? ` rx="${radius}"` : ''
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}"${round} fill="${fill}"${extra && ` ${extra}`}/>`
}

export function circle([x, y, radius]: number[], fill: string, extra = ''): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"${extra && ` ${extra}`}/>`
}

export function ellipse([x, y, across, down]: number[], fill: string, extra = ''): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${across}" ry="${down}" fill="${fill}"${extra && ` ${extra}`}/>`
}

/** A heart about a centre; its size is half its width. */
export function heart([x = 0, y = 0, size = 0]: number[], fill: string, extra = ''): string {
  const at = (dx: number, dy: number): string => `${round(x + dx * size)} ${round(y + dy * size)}`
  const d = `M${at(0, 0.95)}C${at(-1.5, 0)} ${at(-0.95, -1.05)} ${at(0, -0.4)}C${at(0.95, -1.05)} ${at(1.5, 0)} ${at(0, 0.95)}Z`
  return path(d, fill, extra)
}

/** A star of five points about a centre; its size is the distance to a point. */
export function star([x = 0, y = 0, size = 0]: number[], fill: string, extra = ''): string {
  const corners = Array.from({ length: 10 }, (_, corner) => {
    const reach = corner % 2 === 0 ? size : size * 0.45
    const angle = (Math.PI * corner) / 5 - Math.PI / 2
    return `${round(x + reach * Math.cos(angle))} ${round(y + reach * Math.sin(angle))}`
  })
  return path(`M${corners.join('L')}Z`, fill, extra)
}

/** A flower of five petals; its size is the distance from the centre to a petal's. */
export function flower([x = 0, y = 0, size = 0]: number[], petals: string, eye: string): string {
  const around = Array.from({ length: 5 }, (_, petal) => {
    const angle = (Math.PI * 2 * petal) / 5 - Math.PI / 2
    return circle([round(x + size * Math.cos(angle)), round(y + size * Math.sin(angle)), round(size * 0.72)], petals)
  })
  return around.join('') + circle([x, y, round(size * 0.6)], eye)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
