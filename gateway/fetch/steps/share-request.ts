import type { Step } from '../link.ts'

/** A fetch that shares its request with others waits for them, and is answered its part. */
export const shareRequest: Step = (next) => (fetch, cancellation) =>
  fetch.share === undefined ? next(fetch, cancellation) : fetch.share.request.join(fetch, cancellation, next)
