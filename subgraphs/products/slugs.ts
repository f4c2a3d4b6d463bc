import slugify from '@sindresorhus/slugify'

const longestSlug = 120
const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Whether a client's text could be a slug at all. */
export function isSlug(text: string): boolean {
  return slugPattern.test(text)
}

/** The part of a URL that a name becomes: "T-Light Holder, 50s" is "t-light-holder-50s". */
export function slugOf(name: string): string {
  // Splitting "3D" at its capital would give "3-d", and "I'm" at its apostrophe "i-m".
  const slug = slugify(name.replaceAll(/['’]/g, ''), { decamelize: false })
  const short = slug.slice(0, longestSlug).replace(/-+$/, '')
  return isSlug(short) ? short : 'product'
}
