/**
 * Whether a path of the repository is kept from the engine. A pattern is one of the whole path, the last that fits decides,
 * and what lies below an ignored folder is ignored with it.
 */
export function readDockerignore(text: string): (path: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ isException: line.startsWith('!'), fits: matcher(line.replace(/^!/, '')) }))
  return (path) => rules.reduce((ignored, { isException, fits }) => (fits.test(path) ? !isException : ignored), false)
}

function matcher(pattern: string): RegExp {
  const source = pattern
    .split('/')
    .map((part) => (part === '**' ? '(?:.*/)?' : `${escaped(part)}/`))
    .join('')
    .replace(/\/$/, '')
  return new RegExp(`^${source}(?:/|$)`)
}

function escaped(part: string): string {
  return part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')
}
