import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'

import { readDockerfile, type Instruction, type Stage } from './dockerfile.ts'
import { readDockerignore } from './dockerignore.ts'

const run = promisify(execFile)

interface Parts {
  /** The repository. */
  readonly root: string
  /** A new folder; it gets one below it for each stage. */
  readonly folder: string
  log(line: string): void
}

/** What an engine would start. */
export interface Layout {
  /** The working folder of the last stage, on this machine. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Goes before what is said to be run. */
  readonly entrypoint: readonly string[]
}

/** Carries the Dockerfile out in folders of this machine, with this machine's Node in place of the base image's. */
export async function layOut({ root, folder, log }: Parts): Promise<Layout> {
  const stages = readDockerfile(await readFile(join(root, 'Dockerfile'), 'utf8'))
  const isIgnored = readDockerignore(await readFile(join(root, '.dockerignore'), 'utf8'))
  for (const stage of stages) {
    const state: StageState = { root: join(folder, stage.name || 'image'), workdir: '/', environment: {} }
    await mkdir(state.root, { recursive: true })
    for (const instruction of stage.instructions) {
      log(`${stage.name || 'image'}: ${described(instruction)}`)
      await carryOut(instruction, { state, repository: root, folder, isIgnored })
    }
    if (stage === stages.at(-1)) return layoutOf(stage, state)
  }
  throw new Error('Dockerfile: there is no stage in it')
}

interface StageState {
  /** Stands for `/`. */
  readonly root: string
  workdir: string
  readonly environment: Record<string, string>
}

interface Ground {
  readonly state: StageState
  readonly repository: string
  readonly folder: string
  isIgnored(path: string): boolean
}

async function carryOut(instruction: Instruction, ground: Ground): Promise<void> {
  const { state } = ground
  switch (instruction.kind) {
    case 'workdir':
      state.workdir = instruction.path
      await mkdir(here(state), { recursive: true })
      return
    case 'env':
      state.environment[instruction.name] = instruction.value
      return
    case 'copy':
      for (const path of instruction.from) await copy(path, { ...ground, ...instruction })
      return
    case 'run': {
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...state.environment }
      await run('sh', ['-ec', instruction.command], { cwd: here(state), env, maxBuffer: 10_000_000 })
      return
    }
    case 'entrypoint':
    case 'cmd':
      return
  }
}

interface CopyParts extends Ground {
  readonly stage: string | undefined
  readonly to: string
}

/** A file goes into a folder when that is named with a slash at its end; of a folder, what is in it is copied. */
async function copy(path: string, { state, repository, folder, isIgnored, stage, to }: CopyParts): Promise<void> {
  const source = stage === undefined ? join(repository, path) : join(folder, stage, path)
  const isFolder = (await stat(source)).isDirectory()
  const target = join(here(state), to, !isFolder && to.endsWith('/') ? basename(path) : '')
  if (stage !== undefined || !isFolder) return cp(source, target, { recursive: true, verbatimSymlinks: true })
  // File by file: of a folder that is ignored, a later line may let some in.
  for (const file of await filesBelow(source)) {
    if (!isIgnored(join(path, file))) await cp(join(source, file), join(target, file))
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

function here({ root, workdir }: StageState): string {
  return join(root, workdir)
}

function layoutOf({ instructions }: Stage, state: StageState): Layout {
  const entrypoint = instructions.find(({ kind }) => kind === 'entrypoint')
  return {
    folder: here(state),
    environment: state.environment,
    entrypoint: entrypoint?.kind === 'entrypoint' ? entrypoint.words : [],
  }
}

function described(instruction: Instruction): string {
  switch (instruction.kind) {
    case 'copy':
      return `COPY ${instruction.from.join(' ')} ${instruction.to}`
    case 'run':
      return `RUN ${instruction.command}`
    default:
      return instruction.kind.toUpperCase()
  }
}
