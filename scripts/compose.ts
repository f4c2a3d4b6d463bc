/**
 * Composes `supergraph.graphql` from `supergraph.yaml`. With `--check` it only says whether the committed one is stale,
 * or composition found something odd.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { runStep, StepFailure } from './gate/step-failure.ts'
import { composeSupergraph } from './gate/supergraph.ts'

const root = join(import.meta.dirname, '..')
const target = join(root, 'supergraph.graphql')

await runStep(() => {
  const { supergraphSdl, hints } = composeSupergraph(root)
  const isCheck = process.argv.includes('--check')
  if (isCheck && hints.length > 0) {
    throw new StepFailure(
      [...hints, 'Subgraphs say different things of the same type: let them say the same.'].join('\n'),
    )
  }
  for (const hint of hints) console.warn(hint)
  const committed = existsSync(target) ? readFileSync(target, 'utf8') : undefined
  if (committed === supergraphSdl) {
    console.log('supergraph.graphql is what the subgraphs compose to.')
    return
  }
  if (isCheck) throw new StepFailure('supergraph.graphql is stale: run `npm run compose` and commit it.')
  writeFileSync(target, supergraphSdl)
  console.log('supergraph.graphql written.')
})
