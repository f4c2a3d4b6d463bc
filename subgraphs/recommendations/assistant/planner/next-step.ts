import type { ToolFacts } from '../tools/facts.ts'
import type { Plan, ShownProduct, Step, WantedLine } from './plan.ts'
import { extremeOf, meantOf, priceSpan, saysName } from './reading/variants.ts'
import { shownAs } from './remember.ts'

/** Undefined when there is none, or it has nothing to go by: then it is time to speak. */
export function nextStep({ steps }: Plan, facts: readonly ToolFacts[]): Step | undefined {
  const step = steps[facts.length]
  if (step === undefined || facts.at(-1)?.kind === 'REFUSED') return undefined
  if (step.tool === 'proposeCartChange') return proposal(step.args.lines, facts)
  if (step.tool !== 'recommend' && step.tool !== 'productDetails') return step
  const ids = (step.args.productIds ?? []).map((reference) => {
    const found = resolved(reference, facts)
    return typeof found === 'string' ? found : found?.productId
  })
  if (!ids.every((id) => id !== undefined)) return undefined
  if (step.tool === 'productDetails') return { tool: step.tool, args: { productIds: ids } }
  return { tool: step.tool, args: { basis: step.args.basis, ...(ids.length > 0 && { productIds: ids }) } }
}

/** Where something has several variants and the words do not say which, it is looked up instead, and the shopper is asked. */
function proposal(wanted: readonly WantedLine[], facts: readonly ToolFacts[]): Step | undefined {
  if (facts.length === 1 && isOpen(facts[0])) return undefined
  const lines: WantedLine[] = []
  for (const { variantId: reference, quantity } of wanted) {
    const found = resolved(reference, facts)
    if (found === undefined) return undefined
    const variants = typeof found === 'string' ? [{ variantId: found }] : found.variants
    const [variant, ...more] = variants
    if (variant === undefined) return undefined
    if (more.length > 0 && typeof found !== 'string')
      return { tool: 'productDetails', args: { productIds: [found.productId] } }
    lines.push({ variantId: variant.variantId, quantity })
  }
  return { tool: 'proposeCartChange', args: { lines } }
}

/** An id as it is, or the product that an earlier call found, with those of its variants that are meant. */
function resolved(reference: string, facts: readonly ToolFacts[]): string | ShownProduct | undefined {
  const [, call, place] = /^@(\d+)\.(\d+)$/.exec(reference) ?? []
  if (call === undefined) return reference
  const found = facts[Number(call) - 1]
  const product = found?.kind === 'PRODUCTS' ? found.products[Number(place) - 1] : undefined
  if (found?.kind !== 'PRODUCTS' || product === undefined) return undefined
  const shown = shownAs(product)
  // "Something that goes with it" leaves the choice to the assistant, which names what it has chosen.
  if (found.search === undefined) return { ...shown, variants: shown.variants.slice(0, 1) }
  const meant = meantOf(wordsOf(found.search.text), shown)
  const { lowest, highest } = priceSpan(meant)
  if (found.search.sort === 'PRICE_LOW_TO_HIGH') return extremeOf(meant, lowest)
  return found.search.sort === 'PRICE_HIGH_TO_LOW' ? extremeOf(meant, highest) : meant
}

/** Whether what was found is several things of which no one was named: then the shopper is asked which. */
function isOpen(facts: ToolFacts | undefined): boolean {
  if (facts?.kind !== 'PRODUCTS' || facts.search === undefined || facts.products.length < 2) return false
  const { text, sort } = facts.search
  if (sort !== undefined || text === undefined) return sort === undefined
  const [first] = facts.products
  return first === undefined || !saysName(wordsOf(text), shownAs(first))
}

function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(/[ ,&-]+/).filter(Boolean)
}
