import { allSettled } from '../demo/settled.ts'
import { unlessAborted } from '../platform/work/deadline.ts'
import { files, type EmbeddedConfig } from './config.ts'
import type { Subgraph } from '../platform/subgraph/subgraph.ts'
import type { Progress } from './console/progress.ts'
import { noteSeeded, whatIsSeeded } from './seeded.ts'
import type { Subgraphs } from './composition/subgraphs.ts'

interface SeedParts {
  readonly subgraphs: Subgraphs
  readonly config: EmbeddedConfig
  readonly progress: Progress
  /** Calls it off between two steps, or in the middle of one. */
  readonly signal: AbortSignal
}

/** Reads what the data folder's shop is to be filled with; undefined when it has been filled. */
export async function prepareSeed({ SOUK_DATA_DIR: dataDir }: EmbeddedConfig) {
  if ((await whatIsSeeded(dataDir)) !== undefined) return undefined
  const { readDemoData, seed } = await import('../demo/seed.ts')
  const data = await readDemoData(files.demoData)

  // The note that it is done is written last.
  return async ({ subgraphs, config, progress, signal }: SeedParts): Promise<void> => {
    const accounts = config.NODE_ENV !== 'production'
    await seed(data, {
      shop: { ...subgraphs, settled: () => allSettled(Object.values<Subgraph>({ ...subgraphs })) },
      accounts,
      step(what, work) {
        signal.throwIfAborted()
        return progress.step(what, () => unlessAborted(work, signal))
      },
    })
    signal.throwIfAborted()
    await noteSeeded(dataDir, { at: new Date().toISOString(), demoAccounts: accounts })
  }
}
