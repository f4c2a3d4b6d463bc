/**
 * Whether the text of a fetch is a query: what changes nothing may be asked twice. The planner prints an operation first and
 * its fragments after it; what is not known to be a query is taken for a change.
 */
export function isQuery(text: string): boolean {
  return /^\s*(query\b|\{)/.test(text)
}
