import type { AssistantConfig } from '../config.ts'
import type { LanguageModel } from './model.ts'

/** Calls of a provider that fail are tried so often again, within the turn's time. */
const maxRetries = 1

/** The language model that is configured; undefined where it is the planner. Only its provider's package is loaded. */
export async function openModel(config: AssistantConfig): Promise<LanguageModel | undefined> {
  const { ASSISTANT_MODEL: provider, ASSISTANT_BASE_URL: baseURL, ASSISTANT_API_KEY: apiKey } = config
  const [, kind, model = ''] = /^(openai|ollama):(.+)$/.exec(provider) ?? []
  const common = { model, temperature: 0, maxRetries }
  if (kind === 'openai') {
    const { ChatOpenAI } = await import('@langchain/openai')
    // Servers of one's own want no key; the client insists on one.
    const chat = new ChatOpenAI({ ...common, apiKey: apiKey ?? 'none', ...(baseURL && { configuration: { baseURL } }) })
    return { provider, chat }
  }
  if (kind === 'ollama') {
    const { ChatOllama } = await import('@langchain/ollama')
    return { provider, chat: new ChatOllama({ ...common, ...(baseURL && { baseUrl: baseURL }) }) }
  }
  return undefined
}
