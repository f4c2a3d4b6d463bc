/**
 * What every answer carries, a refused one too. A route that serves pages or what may be cached says so by headers of its
 * own, which replace these.
 */
export const commonHeaders = {
  // The type is what we say it is, never what a browser guesses from the content.
  'x-content-type-options': 'nosniff',
  // Answers are data: opened as a page they load nothing, run nothing, and stand in no frame.
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  // Another site's page cannot load them as a script, a style or a picture, and so not learn from their timing or errors.
  'cross-origin-resource-policy': 'same-origin',
  // An answer may be about one person, or be another one a moment later.
  'cache-control': 'no-store',
} as const

/** Headers of an answer, by their names in lower case. */
export type AnswerHeaders = Record<string, string | number>
