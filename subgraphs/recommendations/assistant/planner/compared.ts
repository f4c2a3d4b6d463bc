import { comparing, details, taking } from './grammar/grammar.ts'
import { calls, nothing, type Plan, type PlanContext, type Reference, type Step } from './plan.ts'
import { tidied } from './reading/normalise.ts'
import { between, readReferences } from './reading/references.ts'
import { idsOf } from './wanted.ts'
import { searchFor } from './search-for.ts'

/** What is asked about products that were shown, or that are named to be compared. */
export function compared(text: string, known: PlanContext): Plan | undefined {
  const { remembered } = known
  const { shown } = remembered
  const asks = [comparing, details].find((pattern) => pattern.test(text))
  if (asks === undefined || taking.test(text)) return undefined
  const named = asks === comparing ? comparedByName(text, known) : undefined
  if (named !== undefined || shown.length === 0) return named
  // Here a number is a place in the list, not how many are wanted.
  const places = withoutVerbs(text).replace(/(?<=^| )(\d+)(?= |$)(?! (?:of|times|x)\b)/g, '#$1')
  const found = readReferences(places, remembered)
  if (found.kind === 'PICKED') return detailsOf(idsOf(found.picked))
  if (found.kind === 'NO_SUCH_PLACE') return nothing(found.kind)
  const isOfAll = asks === comparing || shown.length === 1
  if (found.kind === 'NONE' && !isOfAll) return undefined
  return isOfAll ? detailsOf(shown.map(({ productId }) => productId)) : nothing('WHICH_ONE')
}

function detailsOf(productIds: readonly Reference[]): Plan {
  return calls({ tool: 'productDetails', args: { productIds } })
}

const twoThings =
  /^(?:please )?(?:(?:can|could) you )?(?:compare|(?:what is |whats )?the difference between|(?:is|are)) (.+)$|^(.+ (?:vs|versus) .+)$/
const qualities = /\b(?:(?:cheaper|dearer|bigger|smaller|better|more expensive|less expensive|nicer)(?= than)|both)\b/g

/** Two things, each of which is in the list, or is looked for by its name; undefined where both are in the list, or one is nothing. */
function comparedByName(text: string, known: PlanContext): Plan | undefined {
  const [, after, versus = after] = twoThings.exec(text) ?? []
  const parts = (versus ?? '').replace(qualities, ' ').split(between).map(tidied).filter(Boolean)
  if (parts.length !== 2) return undefined
  const searches: Step[] = []
  const ids: Reference[] = []
  for (const part of parts) {
    const numbered = part.replace(/^(\d+)$/, '#$1')
    const found = readReferences(numbered, known.remembered)
    if (found.kind === 'PICKED') ids.push(...idsOf(found.picked))
    else {
      const args = searchFor(part, known)
      if (found.kind !== 'NONE' || args.text === undefined) return undefined
      ids.push(`@${searches.push({ tool: 'searchProducts', args })}.1`)
    }
  }
  if (searches.length === 0) return undefined
  return calls(...searches, { tool: 'productDetails', args: { productIds: ids } })
}

const aboutThem =
  /\b(?:compare|difference|between|cheaper|dearer|bigger|smaller|better|made|colou?rs?|size|come|much|cost|stock|available|left|still|describe|details?|tell|about|what|whats|which|is|are|of|does|do)\b/g

function withoutVerbs(text: string): string {
  // Which of them is the cheapest is the question itself.
  const pointing = /^which\b/.test(text)
    ? text.replace(/^which (?:one )?/, '').replace(/\b(?:cheapest|dearest)\b/, ' ')
    : text
  return tidied(pointing.replace(/(?:are there|is there) still (?:\w+ )?of/, '').replace(aboutThem, ' '))
}
