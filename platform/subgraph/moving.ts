/** One thing that a store keeps, as it is taken along to a store of another driver. */
export interface Kept<Content> {
  readonly key: string
  /** Grows with every change; 0 for what has none. */
  readonly version: number
  readonly content: Content
}

/** What a store keeps of one kind, to be read whole. */
export interface KeptThings<Content> {
  /** All of them, page by page, in the order of their keys' bytes. */
  pages(): AsyncIterable<readonly Kept<Content>[]>
}

/** The same in the store that they are moved to. */
export interface TakenThings<Content> extends KeptThings<Content> {
  /** Writes those that are missing, or there in an older version. May be repeated, also after a crash half way. */
  take(things: readonly Kept<Content>[]): Promise<void>
}
