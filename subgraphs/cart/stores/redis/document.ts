import { z } from 'zod'

import type { Cart } from '../../domain.ts'

const lines = z.array(z.object({ id: z.string(), variantId: z.string(), quantity: z.int() }))

const cartDocument = z.object({
  id: z.string(),
  owner: z.object({ kind: z.enum(['guest', 'user']), id: z.string() }),
  version: z.int(),
  lines,
  handover: z.object({ id: z.string(), userId: z.string(), lines }).nullable(),
  updatedAt: z.string().transform((text) => new Date(text)),
  done: z.object({ handovers: z.array(z.string()), orders: z.array(z.string()), proposals: z.array(z.string()) }),
})

export function readCart(text: string): Cart {
  return cartDocument.parse(JSON.parse(text))
}

export function writeCart(cart: Cart): string {
  return JSON.stringify(cart)
}
