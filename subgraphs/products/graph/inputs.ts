import { z } from 'zod'

import { line, paragraphs } from '../../../contracts/text.ts'

const mostVariants = 50
/** In minor units. */
const highestPrice = 1_000_000
const mostStock = 1_000_000

const price = z.int().min(1, 'A price must be at least 1.').max(highestPrice, `A price can be at most ${highestPrice}.`)

const skuPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

/** Whether a client's text could be a SKU at all. */
export function isSku(text: string): boolean {
  return skuPattern.test(text)
}

const sku = z
  .string()
  .trim()
  .regex(
    skuPattern,
    'A SKU has 1 to 40 letters, digits, dots, hyphens or underscores, and begins with a letter or digit.',
  )

const variantInput = z.object({
  sku,
  name: line('The name of the variant', 120),
  price,
  initialStock: z
    .int()
    .min(0, 'There cannot be fewer than 0 units.')
    .max(mostStock, `There cannot be more than ${mostStock} units.`),
})

type VariantInput = z.infer<typeof variantInput>

export const createProductInput = z
  .object({
    name: line('The name', 120),
    description: paragraphs('The description', 4_000),
    category: z.string(),
    variants: z
      .array(variantInput)
      .max(mostVariants, `A product has at most ${mostVariants} variants.`)
      .transform(([first, ...others], context): [VariantInput, ...VariantInput[]] => {
        if (first !== undefined) return [first, ...others]
        context.addIssue('A product has at least one variant.')
        return z.NEVER
      }),
  })
  .superRefine(({ variants }, context) => {
    const skus = variants.map((variant) => variant.sku.toLowerCase())
    const twice = skus.findIndex((each, index) => skus.indexOf(each) < index)
    if (twice === -1) return
    context.addIssue({ code: 'custom', path: ['variants', twice, 'sku'], message: 'Another variant has this SKU.' })
  })

export const setPriceInput = z.object({ variantId: z.string(), amount: price })
