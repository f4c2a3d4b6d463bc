import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { executeCodegen, loadContext } from '@graphql-codegen/cli'

import { StepFailure } from './step-failure.ts'

export interface GeneratedFile {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly content: string
  readonly stale: boolean
}

export interface Generation {
  readonly files: readonly GeneratedFile[]
  /** Subgraphs of `codegen.yml` that have no schema. */
  readonly missing: readonly string[]
}

/**
 * Generates what `codegen.yml` asks for, without writing it.
 * @param subgraphs the only ones to generate for; all when empty
 * @throws StepFailure when a schema is wrong
 */
export async function generateTypes(root: string, subgraphs: readonly string[]): Promise<Generation> {
  const context = await loadContext(join(root, 'codegen.yml'))
  const { generates, ...config } = context.getConfig()
  const asked = Object.entries(generates).filter(
    ([path]) => subgraphs.length === 0 || subgraphs.includes(basename(folderOf(path))),
  )
  const there = asked.filter(([path]) => existsSync(join(root, folderOf(path), 'schema.graphql')))
  const missing = asked.filter((entry) => !there.includes(entry)).map(([path]) => folderOf(path))
  if (there.length === 0) throw new StepFailure('codegen.yml has nothing to generate for these subgraphs.')
  const { result, error } = await executeCodegen({
    ...config,
    cwd: root,
    silent: true,
    generates: Object.fromEntries(there),
  })
  if (error !== null) throw new StepFailure(`codegen.yml: ${withoutStack(error.message)}`)
  const files = result.map(({ filename: path, content }) => ({ path, content, stale: isStale(root, path, content) }))
  return { files, missing }
}

/** Of the subgraph whose `graph/generated.ts` it is. */
function folderOf(path: string): string {
  return dirname(dirname(path))
}

function isStale(root: string, path: string, content: string): boolean {
  const file = join(root, path)
  return !existsSync(file) || readFileSync(file, 'utf8') !== content
}

/** The generator puts its stack and general advice into its messages. */
function withoutStack(message: string): string {
  const [reason = message] = message.split(/^GraphQL Code Generator supports/m)
  return reason.replaceAll(/^ +at .*\n/gm, '').trim()
}
