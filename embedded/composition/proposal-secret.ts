import { randomBytes } from 'node:crypto'

import type { EmbeddedConfig } from '../config.ts'

const bytes = 32

/**
 * What assistant and cart share: the one that is given, or one of this process alone, as its passport keys are; a proposal lives for ten
 * minutes, and ends with it. None where one of the two runs apart and has not been given it.
 */
export function proposalSecret({ PROPOSAL_SECRET: given, apart }: Pick<EmbeddedConfig, 'PROPOSAL_SECRET' | 'apart'>) {
  if (given !== undefined) return given
  const isShared = apart.has('cart') || apart.has('recommendations')
  return isShared ? undefined : randomBytes(bytes).toString('base64url')
}
