/** Whether `if-none-match` names it, by the weak comparison (RFC 9110, 8.8.3.2): one tag, a list of them, or any. */
export function isNamedBy(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}
