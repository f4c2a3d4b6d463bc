import { z } from 'zod'

export const ownerOptionsSchema = z.object({
  dataDir: z.string(),
  durable: z.boolean().default(false),
  /** Becomes this user before it starts PostgreSQL. */
  uid: z.number().optional(),
  installed: z.string().optional(),
  elsewhere: z.array(z.string()).default([]),
})

export type OwnerOptions = z.input<typeof ownerOptionsSchema>

const runningOwnerSchema = z.object({ pid: z.number(), socketDir: z.string() })

export type RunningOwner = z.infer<typeof runningOwnerSchema>

export const ownerAnswerSchema = z.union([runningOwnerSchema, z.object({ failure: z.string() })])

export type OwnerAnswer = z.infer<typeof ownerAnswerSchema>
