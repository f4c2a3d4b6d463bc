import type { ToolFacts } from '../../tools/facts.ts'
import { limits } from '../limits.ts'
import { numbersIn } from './numbers.ts'
import { asRead } from './reply.ts'

/** What a reply may be made of, as the tools of this turn have returned it. */
interface Grounds {
  /** Prices and totals, in minor units. */
  readonly amounts: readonly number[]
  /** Numbers that are no money: in names and texts, of units, dates and orders. */
  readonly numbers: ReadonlySet<number>
  /** Of things; the numbers in them belong to them. */
  readonly names: readonly string[]
}

export function groundsIn(facts: readonly ToolFacts[]): Grounds {
  const grounds = facts.map(groundsOf)
  const texts = grounds.flatMap(({ texts }) => texts)
  const counts = grounds.flatMap(({ counts }) => counts)
  // Who shows five things may speak of any two of them.
  const most = Math.max(0, ...grounds.map(({ shown }) => shown))
  const upToMost = Array.from({ length: most + 1 }, (_none, count) => count)
  return {
    amounts: grounds.flatMap(({ amounts }) => amounts),
    numbers: new Set([
      ...upToMost,
      ...counts,
      ...texts.flatMap((text) => numbersIn(asRead(text)).map((one) => one.value)),
    ]),
    names: grounds.flatMap(({ names }) => names),
  }
}

interface Found {
  readonly amounts: readonly number[]
  readonly texts: readonly string[]
  readonly counts: readonly number[]
  readonly names: readonly string[]
  /** How many things there are to speak of. */
  readonly shown: number
}

const nothing: Found = { amounts: [], texts: [], counts: [], names: [], shown: 0 }

function groundsOf(facts: ToolFacts): Found {
  switch (facts.kind) {
    case 'PRODUCTS':
    case 'DETAILS':
      return ofProducts(facts)
    case 'CART':
      return ofCart(facts)
    case 'ORDERS': {
      const { orders, asked } = facts
      const items = orders.flatMap((order) => order.items)
      const texts = [...items, ...orders.flatMap(({ number, placedAt }) => [number, placedAt.slice(0, 10)])]
      return {
        amounts: orders.map(({ total }) => total.amount),
        texts: asked === undefined ? texts : [...texts, asked],
        names: items.map((item) => item.replace(/^\d+ × /, '')),
        counts: [],
        shown: orders.length,
      }
    }
    case 'PROPOSAL': {
      const { lines } = facts
      const sum = lines.reduce((total, { quantity, price }) => total + quantity * price.amount, 0)
      const units = lines.map(({ quantity }) => quantity)
      const names = lines.flatMap(({ name, variant }) => (variant === undefined ? [name] : [name, variant]))
      return {
        amounts: [...lines.map(({ price }) => price.amount), sum],
        texts: names,
        names,
        counts: [...units, sumOf(units), limits.proposal / 60_000],
        shown: lines.length,
      }
    }
    case 'REFUSED': {
      const { available, why } = facts
      const counts = [
        ...(available === undefined ? [] : [available]),
        ...(why === 'QUANTITY' ? [1, limits.quantity] : []),
      ]
      return { ...nothing, counts }
    }
  }
}

function ofProducts(facts: Extract<ToolFacts, { kind: 'PRODUCTS' | 'DETAILS' }>): Found {
  const { products } = facts
  const variants = products.flatMap((product) => product.variants)
  const names = [...products, ...variants].map(({ name }) => name)
  const told = products.flatMap(({ category, description, explanation }) => [category, description, explanation])
  return {
    amounts: variants.map(({ price }) => price),
    names,
    texts: [...names, ...told.filter((text) => text !== undefined)],
    counts: [
      ...variants.flatMap(({ available }) => available ?? []),
      ...(facts.kind === 'PRODUCTS' && facts.total !== undefined ? [facts.total] : []),
    ],
    shown: products.length,
  }
}

function ofCart({ lines, subtotal }: Extract<ToolFacts, { kind: 'CART' }>): Found {
  const units = lines.map(({ quantity }) => quantity)
  return {
    amounts: [...lines.flatMap(({ total }) => total?.amount ?? []), ...(subtotal ? [subtotal.amount] : [])],
    names: lines.map(({ name }) => name),
    texts: lines.map(({ name }) => name),
    counts: [...units, sumOf(units)],
    shown: lines.length,
  }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
