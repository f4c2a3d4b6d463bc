/** How what a search has found is shown. */
export const pages = {
  /** Products of a page. */
  size: 5,
  /** No longer list is paged through. */
  most: 10,
} as const
