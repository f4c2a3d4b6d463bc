import type DataLoader from 'dataloader'

import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { StockLevel } from '../stores/store.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly levels: DataLoader<string, StockLevel | undefined>
}
