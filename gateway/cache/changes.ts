/** Something has changed, as a message of the bus tells. */
export interface Change {
  /** The message's type, such as `products.ProductState`. */
  readonly message: string
  /** The message's key; undefined where anything that the type tells of may have changed. */
  readonly key: string | undefined
}

export interface ChangeListener {
  changed(changes: readonly Change[]): void
  /** From now on every change is announced. */
  follows(): void
  /** Changes may be missed, until `follows` is called again. */
  lost(): void
}

/** Tells of what changes in the shop. It comes back by itself when what it listens to breaks. */
export interface Changes {
  /** @param messages types of messages */
  listen(messages: readonly string[], listener: ChangeListener): { stop(): Promise<void> }
}
