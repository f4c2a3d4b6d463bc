import type { Viewer } from '../../../platform/identity/viewer.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
}
