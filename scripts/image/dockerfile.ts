/** What one line of a Dockerfile says; `stage` is where COPY takes its files from, the repository when there is none. */
export type Instruction =
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'copy'; readonly stage: string | undefined; readonly from: readonly string[]; readonly to: string }
  | { readonly kind: 'run'; readonly command: string }
  | { readonly kind: 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'entrypoint' | 'cmd'; readonly words: readonly string[] }

export interface Stage {
  readonly name: string
  readonly instructions: readonly Instruction[]
}

/** Whoever runs an image as another user, or publishes its port, does that by an engine; files are the same. */
const withoutFiles = ['USER', 'EXPOSE']

/** The stages in their order. @throws Error on an instruction that our Dockerfile did not have when this was written */
export function readDockerfile(text: string): Stage[] {
  const stages: { name: string; instructions: Instruction[] }[] = []
  for (const line of linesOf(text)) {
    const [word = '', ...rest] = line.split(/\s+/)
    const argument = line.slice(word.length).trim()
    if (word === 'FROM') stages.push({ name: nameOf(rest), instructions: [] })
    else if (!withoutFiles.includes(word)) stages.at(-1)?.instructions.push(instruction(word, argument))
  }
  return stages
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function nameOf([, as, name = '']: readonly string[]): string {
  return as === 'AS' ? name : ''
}

function instruction(word: string, argument: string): Instruction {
  switch (word) {
    case 'WORKDIR':
      return { kind: 'workdir', path: argument }
    case 'COPY':
      return copy(argument.split(/\s+/))
    case 'RUN':
      return { kind: 'run', command: argument.replace(/^(--\S+\s+)*/, '') }
    case 'ENV': {
      const [name = '', value = ''] = argument.split('=', 2)
      return { kind: 'env', name, value }
    }
    case 'ENTRYPOINT':
    case 'CMD':
      return { kind: word === 'CMD' ? 'cmd' : 'entrypoint', words: wordsOf(argument) }
    default:
      throw new Error(`Dockerfile: ${word} is not known to scripts/image/dockerfile.ts`)
  }
}

function copy(words: readonly string[]): Instruction {
  const stage = words.find((word) => word.startsWith('--from='))?.slice('--from='.length)
  const paths = words.filter((word) => !word.startsWith('--'))
  return { kind: 'copy', stage, from: paths.slice(0, -1), to: paths.at(-1) ?? '' }
}

/** `["node", "main.ts"]`, the form that starts no shell. */
function wordsOf(argument: string): string[] {
  const words: unknown = JSON.parse(argument)
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string'))
    throw new Error(`Dockerfile: ${argument} is no list of words`)
  return words
}
