import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Json } from './shopping.ts'

/** What README.md shows under "Ask it": a query, and its answer. */
export async function documentedExample(): Promise<{ readonly query: string; readonly answer: Json }> {
  const text = await section('README.md', 'Ask it')
  return { query: block(text, 'graphql'), answer: JSON.parse(block(text, 'json')) }
}

export interface DocumentedTurn {
  readonly said: string
  readonly answered: string
  /** Whether the proposal of this turn is accepted before the next. */
  readonly isAccepted: boolean
}

/** What docs/assistant.md shows under "A conversation". */
export async function documentedConversation(): Promise<readonly DocumentedTurn[]> {
  const text = await section('docs/assistant.md', 'A conversation')
  return [...text.matchAll(/^> \*\*(.+)\*\*\n([^]+?)(?=^> |$(?![^]))/gm)].map(([, said = '', rest = '']) => ({
    said,
    answered: block(rest, ''),
    isAccepted: rest.includes('`acceptProposal` is sent'),
  }))
}

async function section(file: string, title: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', file), 'utf8')
  const [, found] = text.split(`\n## ${title}\n`)
  if (found === undefined) throw new Error(`${file} has no section "${title}"`)
  return found.split('\n## ')[0] ?? found
}

/** The first block of code in that language. */
function block(text: string, language: string): string {
  const [, , code] = new RegExp(`^(\`\`\`)${language}\\n([^]*?)\\n\\1$`, 'm').exec(text) ?? []
  if (code === undefined) throw new Error(`no block of ${language || 'text'} in:\n${text}`)
  return code
}
