import { z } from 'zod'

/** What can be set of the assistant; environment variables of the same names. */
export const assistantConfig = z.object({
  /** What it signs proposals with, which cart is given too; without it there is no assistant. */
  PROPOSAL_SECRET: z.string().min(32).optional(),
  /** `planner`, or a language model as LangChain names it: `openai:gpt-4.1-mini`, `ollama:llama3.2`. */
  ASSISTANT_MODEL: z
    .string()
    .regex(/^(planner|(openai|ollama):.+)$/)
    .describe('planner, openai:<model> or ollama:<model>')
    .default('planner'),
  /** Where the model is served, by the protocol of OpenAI or of Ollama; theirs where it is left out. */
  ASSISTANT_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  ASSISTANT_API_KEY: z.string().optional(),
})

export type AssistantConfig = z.infer<typeof assistantConfig>
