import type { MakeFarewell } from '../greeting.ts'

/**
 * From when it is about to close, each connection ends with its next answer: kept alive, it would be waited for long after. What
 * still comes over one is answered.
 */
export const endConnections: MakeFarewell =
  ({ leaving }) =>
  (_request, _status, headers) => {
    if (leaving.aborted) headers.connection = 'close'
  }
