/** What can go wrong between the gateway and a subgraph, and what may be done about it. */
const kinds = {
  /** There was no connection. */
  unreached: { sent: false, counts: true, again: true },
  /** The connection ended before an answer began. */
  lost: { sent: true, counts: true, again: true },
  /** HTTP says that the subgraph is not there just now: 502, 503 or 504. */
  away: { sent: true, counts: true, again: true },
  /** The connection ended in the middle of an answer. */
  'broken off': { sent: true, counts: true, again: false },
  /** It answered, and not as a subgraph does. One operation that makes it do so must not close it to all others. */
  rubbish: { sent: true, counts: false, again: false },
  /** It has failed so often that it is left alone for a while. */
  'left alone': { sent: false, counts: false, again: false },
} as const

export type FailureKind = keyof typeof kinds

/** A subgraph was not reached, or its answer is of no use. */
export class LinkFailure extends Error {
  override readonly name = 'LinkFailure'
  readonly kind: FailureKind

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }

  /** Whether the subgraph may have begun to do what it was asked. */
  get sent(): boolean {
    return kinds[this.kind].sent
  }

  /** Whether it says that the subgraph, or the way to it, does not work. */
  get counts(): boolean {
    return kinds[this.kind].counts
  }

  /** Whether a query may be sent once more. */
  get again(): boolean {
    return kinds[this.kind].again
  }
}
