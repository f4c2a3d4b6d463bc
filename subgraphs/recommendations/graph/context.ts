import type { SubgraphRequest } from '../../../platform/subgraph/subgraph.ts'
import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { ConfigurationName } from '../domain/configurations.ts'
import type { Loaders } from './loaders.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  readonly loaders: Loaders
  /** By which this session is served. */
  readonly configuration: ConfigurationName
  /** For the assistant: by what it may ask the graph back, and how long somebody waits. */
  readonly request: Pick<SubgraphRequest, 'errand' | 'traceparent' | 'cancellation'>
}
