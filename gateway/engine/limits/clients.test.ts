import { readFileSync } from 'node:fs'

import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'

import { registeredOperations } from '../../../tests/support/shopping.ts'
import { defaultLimits } from '../../config.ts'
import { readDocument } from '../prepare/document.ts'
import { costOf } from './cost.ts'
import { soukSizes } from './list-sizes.ts'
import { limitShape } from './shape.ts'

const schema = buildSchema(readFileSync(new URL('../../../supergraph.graphql', import.meta.url), 'utf8'), {
  assumeValid: true,
})
/** The largest pages that there are. */
const variables = { first: 100, similar: 20 }

describe('the operations of clients/', () => {
  it.each([...registeredOperations()])('%s is within the limits, on the largest page too', (_name, text) => {
    const document = readDocument(text, { schema, limits: defaultLimits, production: true, sizes: soukSizes })
    const [operation] = document.operations
    if (operation === undefined) throw new Error('no operation')
    const cost = costOf(operation, { schema, fragments: document.fragments, sizes: soukSizes })(variables)
    expect(cost).toBeLessThan(defaultLimits.cost)
    // And a long way from what planning takes too long for.
    expect(() => limitShape(document, { ...defaultLimits, branches: defaultLimits.branches / 2 })).not.toThrow()
  })
})
