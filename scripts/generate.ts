/**
 * Generates the resolver types of the subgraphs by `codegen.yml`, of those named or of all, and the README's picture of
 * the checkout. With `--check` only says which committed ones are stale.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { readmeWithCheckout } from './gate/checkout-picture.ts'
import { generateTypes } from './gate/generated-types.ts'
import { runStep, StepFailure } from './gate/step-failure.ts'

const root = join(import.meta.dirname, '..')
const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true })

await runStep(async () => {
  const { files, missing } = await generateTypes(root, positionals)
  if (missing.length > 0) console.warn(`No schema.graphql in ${missing.join(', ')}.`)
  const stale = [...files, readmeWithCheckout(root)].filter((file) => file.stale)
  const paths = stale.map(({ path }) => path).join(', ')
  if (stale.length === 0) console.log('The generated files are up to date.')
  else if (values.check) throw new StepFailure(`Stale: ${paths}. Run \`npm run generate\` and commit the result.`)
  else console.log(`Written: ${paths}`)
  if (!values.check) for (const { path, content } of stale) writeFileSync(join(root, path), content)
})
