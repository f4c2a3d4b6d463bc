import type { KnownValues } from './known-values.ts'

/** `"slug": "" // <- product.slug`: what stands before the value, the value, a comma, the mark, the name. */
const markedLine = /^(\s*"[^"]+":\s*)("(?:[^"\\]|\\.)*"|[\w.+-]+)(\s*,?\s*)(\/\/ <- )([\w.]+)/gm

/**
 * Puts the known values into the lines of a variables text (JSON with comments) that end in `// <- name`. A line whose
 * name is not known stays as it is, and so does one whose mark was deleted.
 */
export const fillIn = (variables: string, known: KnownValues): string =>
  variables.replace(markedLine, (line: string, ...groups: string[]) => {
    const [before = '', , comma = '', mark = '', name = ''] = groups
    const value = known[name]
    return value === undefined ? line : `${before}${JSON.stringify(value)}${comma}${mark}${name}`
  })
