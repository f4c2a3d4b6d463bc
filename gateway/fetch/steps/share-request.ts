import type { Step } from '../link.ts'

/** A fetch that shares its request with others waits for them, and is answered its part. */
export const shareRequest: Step = (next) => (fetch, signal) =>
  fetch.share === undefined ? next(fetch, signal) : fetch.share.request.join(fetch, signal, next)
