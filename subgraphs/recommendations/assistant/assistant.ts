import { SoukError } from '../../../platform/errors.ts'
import type { Assistant, AssistantEvent, AssistantParts, Question } from './port.ts'

/** Loads what it is made of, LangChain among it, when it is first asked: nobody else waits or pays for that. */
export function lazyAssistant(parts: AssistantParts): Assistant {
  let loading: Promise<Pick<Assistant, 'stream'>> | undefined

  function loaded(): Promise<Pick<Assistant, 'stream'>> {
    loading ??= import('./conversing.ts')
      .then(({ createAssistant }) => createAssistant(parts))
      .catch((thrown: unknown) => {
        // Whoever asks next tries again.
        loading = undefined
        throw thrown
      })
    return loading
  }

  async function* stream(question: Question): AsyncGenerator<AssistantEvent, void> {
    yield* (await loaded()).stream(question)
  }

  return {
    stream,
    async ask(question) {
      for await (const event of stream(question)) {
        if (event.kind === 'REPLIED' || event.kind === 'REFUSED') return event
      }
      throw new SoukError('INTERNAL_SERVER_ERROR')
    },
  }
}
