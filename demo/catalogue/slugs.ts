import slugify from '@sindresorhus/slugify'

/** The part of a URL that a name becomes: "T-Light Holder, 50s" is "t-light-holder-50s". */
export function slugOf(name: string): string {
  // Splitting "3D" at its capital would give "3-d", and "I'm" at its apostrophe "i-m".
  return slugify(name.replaceAll("'", ''), { decamelize: false })
}
