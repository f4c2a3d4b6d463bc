interface StartErrorOptions extends ErrorOptions {
  /** What the person at the keyboard can do about it, as a full sentence. */
  readonly cure: string
}

/** Why Souk cannot start, or go on. `message` names the cause and `cure` the way out: together they are the one line to show, without a stack. */
export class StartError extends Error {
  override readonly name: string = 'StartError'
  readonly cure: string

  constructor(message: string, { cure, ...options }: StartErrorOptions) {
    super(message, options)
    this.cure = cure
  }
}
