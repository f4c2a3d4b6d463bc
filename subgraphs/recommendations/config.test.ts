import { describe, expect, it } from 'vitest'

import { recommendationsConfig } from './config.ts'

describe('what can be set of recommendations', () => {
  it('needs nothing set', () => {
    expect(recommendationsConfig.parse({})).toEqual({
      RECOMMENDATIONS_NICENESS: 15,
      RECOMMENDATIONS_TRAINED_PRODUCTS: 5_000,
    })
  })

  it.each([
    ['shrunk-cosine:0.1', { configuration: 'shrunk-cosine', share: 0.1 }],
    ['served:1', { configuration: 'served', share: 1 }],
    ['ease:0', { configuration: 'ease', share: 0 }],
  ])('takes the experiment %s', (text, experiment) => {
    const { RECOMMENDATIONS_EXPERIMENT } = recommendationsConfig.parse({ RECOMMENDATIONS_EXPERIMENT: text })
    expect(RECOMMENDATIONS_EXPERIMENT).toEqual(experiment)
  })

  it.each(['', 'shrunk-cosine', 'shrunk-cosine:2', 'magic:0.1', 'ease:10%', 'ease:0.1 '])(
    'does not take the experiment "%s"',
    (text) => {
      expect(recommendationsConfig.safeParse({ RECOMMENDATIONS_EXPERIMENT: text }).success).toBe(false)
    },
  )
})
