import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { ConfigurationName } from '../domain/configurations.ts'
import type { Loaders } from './loaders.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly loaders: Loaders
  /** By which this session is served. */
  readonly configuration: ConfigurationName
}
