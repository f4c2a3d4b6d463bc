import { z } from 'zod'

import { configurationNames } from './domain/configurations.ts'
import { easeOptions } from './domain/recommenders/ease/train.ts'

const form = /^([a-z-]+):(0(?:\.\d+)?|1)$/

/** What can be set of this subgraph; environment variables of the same names. */
export const recommendationsConfig = z.object({
  /** Serves a share of the sessions by another configuration, to compare how both are taken up. */
  RECOMMENDATIONS_EXPERIMENT: z
    .string()
    .transform(experimentFrom)
    .pipe(z.object({ configuration: z.enum(configurationNames), share: z.number() }))
    .describe(
      `a configuration and its share of the sessions, such as shrunk-cosine:0.1; there are ${configurationNames.join(', ')}`,
    )
    .optional(),
  /** How far what takes long stands back behind answers; where machines are never idle, a low one gets it done. */
  RECOMMENDATIONS_NICENESS: z.coerce.number().int().min(0).max(19).default(15),
  /** The products that are bought most are trained; it takes 4 bytes for each two of them while it lasts. */
  RECOMMENDATIONS_TRAINED_PRODUCTS: z.coerce.number().int().min(0).max(20_000).default(easeOptions.mostProducts),
})

export type RecommendationsConfig = z.infer<typeof recommendationsConfig>

function experimentFrom(text: string) {
  const [, configuration, share] = form.exec(text) ?? []
  return { configuration, share: Number(share) }
}
