import { describe, expect, it } from 'vitest'

import { compose } from './compose.ts'
import { assertSameSubgraphs, listedSubgraphs } from './names.ts'

describe('the composition', () => {
  it('puts together what supergraph.yaml lists', () => {
    expect(listedSubgraphs()).toHaveLength(9)
    expect(() => assertSameSubgraphs(Object.keys(compose), listedSubgraphs())).not.toThrow()
  })

  it('is refused with a subgraph that is not listed', () => {
    const listed = listedSubgraphs().filter((name) => name !== 'cart')
    expect(() => assertSameSubgraphs(Object.keys(compose), listed)).toThrow(
      'cart is put together, and not listed in supergraph.yaml',
    )
  })

  it('is refused without a subgraph that is listed', () => {
    expect(() => assertSameSubgraphs(Object.keys(compose), [...listedSubgraphs(), 'reviews'])).toThrow(
      'reviews is listed in supergraph.yaml, and not put together',
    )
  })
})
