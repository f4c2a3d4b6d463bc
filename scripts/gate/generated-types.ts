import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

import { executeCodegen, loadContext } from '@graphql-codegen/cli'
import { parse, print } from 'graphql'

import { withShared } from '../../platform/graphql/shared-definitions.ts'
import { sharedDefinitions } from './shared-definitions.ts'
import { StepFailure } from './step-failure.ts'

export interface GeneratedFile {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly content: string
  readonly stale: boolean
}

export interface Generation {
  readonly files: readonly GeneratedFile[]
  /** Folders of `codegen.yml` that have no schema. */
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
  const asked = Object.entries(generates).flatMap(([path, options]) => {
    const folder = dirname(dirname(path))
    return subgraphs.length === 0 || subgraphs.includes(basename(folder))
      ? [{ path, folder, ...sourceOf(options) }]
      : []
  })
  const there = asked.filter(({ schemaFile }) => existsSync(join(root, schemaFile)))
  const missing = asked.filter((each) => !there.includes(each)).map(({ folder }) => folder)
  if (there.length === 0) throw new StepFailure('codegen.yml has nothing to generate for these subgraphs.')
  const shared = sharedDefinitions(root)
  const { result, error } = await executeCodegen({
    ...config,
    cwd: root,
    silent: true,
    generates: Object.fromEntries(
      there.map(({ path, schemaFile, options }) => {
        const own = parse(readFileSync(join(root, schemaFile), 'utf8'))
        return [path, { ...options, schema: print(withShared(own, shared)) }]
      }),
    ),
  })
  if (error !== null) throw new StepFailure(`codegen.yml: ${withoutStack(error.message)}`)
  const files = result.map(({ filename: path, content }) => ({ path, content, stale: isStale(root, path, content) }))
  return { files, missing }
}

type Context = Awaited<ReturnType<typeof loadContext>>
type Generates = ReturnType<Context['getConfig']>['generates'][string]

/** `codegen.yml` names one file for each, to which is added what it refers to of what the subgraphs share. */
function sourceOf(options: Generates): { schemaFile: string; options: Exclude<Generates, unknown[]> } {
  if (Array.isArray(options) || typeof options.schema !== 'string') {
    throw new StepFailure('codegen.yml: each entry names its schema by one path.')
  }
  return { schemaFile: options.schema, options }
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
