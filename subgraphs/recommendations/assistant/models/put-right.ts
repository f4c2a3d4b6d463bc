import { randomUUID } from 'node:crypto'

import { AIMessage } from '@langchain/core/messages'

/**
 * What servers of models get wrong, put right before anything reads it: ids that are not unique, so that messages take each other's
 * place and tools are not run; no arguments written as an empty text; thoughts in the words for the shopper.
 * @throws Error for an answer that was cut off: what is left of its arguments, or of a price, reads like a whole one
 */
export function putRight(said: AIMessage): AIMessage {
  if (isCutOff(said)) throw new Error('the model was cut off')
  const { content, additional_kwargs: more, response_metadata } = said
  const { tool_calls: calls = [], invalid_tool_calls: invalid = [] } = said
  const withoutArguments = invalid
    .filter(({ args = '' }) => args.trim() === '')
    .map(({ name = '' }) => ({ name, args: {}, type: 'tool_call' as const }))
  return new AIMessage({
    id: randomUUID(),
    content: typeof content === 'string' ? withoutThoughts(content) : content,
    tool_calls: [...calls, ...withoutArguments].map((call) => ({ ...call, id: randomUUID() })),
    additional_kwargs: 'refusal' in more ? { refusal: more.refusal } : {},
    response_metadata,
  })
}

/** As servers of OpenAI's protocol, and of Ollama's, say so. */
function isCutOff({ response_metadata: metadata }: AIMessage): boolean {
  const { finish_reason: reason, done_reason: doneReason }: Record<string, unknown> = metadata
  return reason === 'length' || doneReason === 'length'
}

/** As models that reason write them where nobody takes them out; the mark at their begin may be missing. */
function withoutThoughts(text: string): string {
  const end = text.lastIndexOf('</think>')
  return end === -1 ? text : text.slice(end + '</think>'.length)
}
