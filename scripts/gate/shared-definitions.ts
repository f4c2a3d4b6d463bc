import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { DocumentNode } from 'graphql'

import { readDefinitions } from '../../platform/graphql/shared-definitions.ts'

/** The SDL that several subgraphs own together. */
export function sharedDefinitions(root: string): DocumentNode {
  return readDefinitions(pathToFileURL(join(root, 'contracts/graph/')))
}
