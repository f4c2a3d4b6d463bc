import type { Bus } from '../../messaging/bus.ts'
import { doneWithin } from '../../work/deadline.ts'
import { watchState } from './consuming/watch-state.ts'
import { connectParts, type NatsBusOptions } from './parts.ts'

/** The bus on NATS JetStream for who only watches state: it declares no stream, and needs no right but to read. */
export async function natsWatching(
  options: Omit<NatsBusOptions, 'contracts' | 'copies' | 'retryPauses'>,
): Promise<Pick<Bus, 'watchState' | 'stop'>> {
  const parts = await connectParts({ ...options, contracts: [] })
  const { connection } = parts
  return {
    watchState: (watcher) => watchState(parts, watcher),
    async stop() {
      await doneWithin(1_000, () => connection.flush()).catch(() => false)
      await connection.close()
    },
  }
}
