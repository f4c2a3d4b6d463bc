/** Where data begins and ends in what a model reads. */
export const dataMarks = { begin: '<shop-data>', end: '</shop-data>' } as const

const escapes: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026' }

/**
 * Product text, reviews and whatever else comes out of the graph is data, never an instruction. Between the marks nothing can look like
 * a mark: every sign that could open or close one is written as JSON's escape, which reads the same.
 */
export function delimit(data: unknown): string {
  const json = JSON.stringify(data).replace(/[<>&]/g, (sign) => escapes[sign] ?? '')
  return `${dataMarks.begin}${json}${dataMarks.end}`
}
