/** What a plan may hold that is not known here, or that there is no plan at all. */
export type NotCompiledReason = '@fromContext' | '@defer' | 'no plan'

/** A valid operation that cannot be carried out. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled'
  readonly reason: NotCompiledReason

  constructor(reason: NotCompiledReason, options?: ErrorOptions) {
    super(`the operation cannot be compiled: ${reason}`, options)
    this.reason = reason
  }
}
