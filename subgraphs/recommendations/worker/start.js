// JavaScript, because a worker knows no TypeScript: it does not take over the loader that the main thread registered,
// and what tsx offers for `--import` does nothing on a worker.
import { register } from 'tsx/esm/api'

register()
await import('./co-purchase-worker.ts')
