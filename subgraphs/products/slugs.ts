import slugify from '@sindresorhus/slugify'

import { moreLetters } from '../../platform/text/words.ts'

const longestSlug = 120
const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** A client's slug as we keep it, whatever the case of its letters; undefined for what can be none. */
export function parseSlug(text: string): string | undefined {
  const slug = text.toLowerCase()
  return slugPattern.test(slug) ? slug : undefined
}

/** The part of a URL that a name becomes: "T-Light Holder, 50s" is "t-light-holder-50s". */
export function slugOf(name: string): string {
  // Splitting "3D" at its capital would give "3-d", and "I'm" at its apostrophe "i-m".
  const slug = slugify(name.replaceAll(/['’]/g, ''), {
    decamelize: false,
    customReplacements: moreLetters.map(([letter, plain]) => [letter, plain]),
  })
  const short = slug.slice(0, longestSlug).replace(/-+$/, '')
  return parseSlug(short) ?? 'product'
}
