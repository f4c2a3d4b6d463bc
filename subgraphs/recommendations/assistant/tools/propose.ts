import type { Turn } from '../turn.ts'
import type { ToolFacts } from './facts.ts'
import { productsById } from './shop-graph.ts'

interface ProposedLine {
  readonly variantId: string
  readonly quantity: number
}

/** Signs a proposal for what may be proposed: known ids, sensible quantities, and the prices and stock that the graph has now. */
export async function propose(wanted: readonly ProposedLine[], turn: Turn): Promise<ToolFacts> {
  const { guards, known, ask, sign, owner } = turn
  if (wanted.some(({ variantId }) => !guards.isKnown(known, variantId))) return { kind: 'REFUSED', why: 'UNKNOWN_ID' }
  const lines = [...new Map(wanted.map(({ variantId }) => [variantId, total(wanted, variantId)]))]
  if (lines.some(([, quantity]) => !guards.isQuantity(quantity))) return { kind: 'REFUSED', why: 'QUANTITY' }
  const productIds = new Set(lines.flatMap(([id]) => known.variant(id)?.product.productId ?? []))
  if (lines.some(([id]) => known.variant(id) === undefined)) return { kind: 'REFUSED', why: 'NO_VARIANT' }
  const now = await productsById(ask, [...productIds])
  const proposed = []
  for (const [variantId, quantity] of lines) {
    const product = now.find(({ variants }) => variants.some((variant) => variant.variantId === variantId))
    const variant = product?.variants.find((one) => one.variantId === variantId)
    if (product === undefined || variant === undefined) return { kind: 'REFUSED', why: 'NOT_FOUND' }
    const { available = quantity, price: amount, currency } = variant
    if (available < quantity) return { kind: 'REFUSED', why: 'OUT_OF_STOCK', name: product.name, available }
    const { productId, name, variants } = product
    const named = variants.length > 1 && { variant: variant.name }
    proposed.push({ variantId, productId, name, ...named, quantity, price: { amount, currency } })
  }
  const signed = await sign({
    owner,
    lines: proposed.map(({ variantId, quantity, price }) => ({ variantId, quantity, price })),
  })
  return { kind: 'PROPOSAL', token: signed.token, expiresAt: signed.expiresAt.toISOString(), lines: proposed }
}

/** What is named twice is one line. */
function total(wanted: readonly ProposedLine[], id: string): number {
  return wanted.filter(({ variantId }) => variantId === id).reduce((sum, { quantity }) => sum + quantity, 0)
}
