import { parseArgs } from 'node:util'

import { StartError } from '../../embedded/start-error.ts'

export interface AuditSettings {
  /** What `npm run distributed` runs, in place of a data folder. */
  readonly distributed: boolean
}

/** What `npm run audit` was asked for. @throws StartError when a word is not understood */
export function readAuditSettings(words: readonly string[]): AuditSettings {
  try {
    return parseArgs({ args: [...words], options: { distributed: { type: 'boolean', default: false } } }).values
  } catch (cause) {
    throw new StartError(`${words.join(' ')} is not understood.`, {
      cure: 'It is `npm run audit`, with `-- --distributed` for what `npm run distributed` runs.',
      cause,
    })
  }
}
