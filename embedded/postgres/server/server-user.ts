import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

import { systemErrorCode, unlessFailedWith } from '../system-error.ts'

/** Who runs the server: ourselves, or, since PostgreSQL refuses to be root, the unprivileged user root drops to. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
  /** True when we are root and the server is somebody else. */
  readonly dropped: boolean
  /** Whether the system knows a name for it. initdb insists on one. */
  readonly named: boolean
}

export interface Command {
  readonly file: string
  readonly args: string[]
  readonly options: { cwd: string; env: Record<string, string>; uid?: number; gid?: number }
}

const nobody = 65_534

export async function serverUser(): Promise<ServerUser> {
  const uid = process.getuid?.() ?? nobody
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? nobody, dropped: false, named: hasName() }
  return { ...(await findNobody()), dropped: true }
}

function hasName(): boolean {
  try {
    return userInfo().username !== ''
  } catch (thrown) {
    // Containers run as numbers with no entry in /etc/passwd.
    if (systemErrorCode(thrown) === 'ERR_SYSTEM_ERROR') return false
    throw thrown
  }
}

async function findNobody(): Promise<{ uid: number; gid: number; named: boolean }> {
  const passwd = await unlessFailedWith(['ENOENT', 'EACCES'], readFile('/etc/passwd', 'utf8'))
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd ?? '') ?? []
  // macOS writes its nobody as -2, which is 4294967294.
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0, named: true }
  return { uid: nobody, gid: nobody, named: false }
}

/**
 * How to run a program as the server's user: from a folder everybody may enter, in an environment that brings no
 * PG* variable and no locale along and, where the system can, with an end when we end (SIGINT: PostgreSQL then
 * stops in order).
 */
export function commandFor(user: ServerUser, [file, ...args]: readonly [string, ...string[]]): Command {
  const options = {
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(user.dropped ? { uid: user.uid, gid: user.gid } : {}),
  }
  const setpriv = findTool('setpriv')
  if (setpriv === undefined) return { file, args, options }
  return { file: setpriv, args: ['--pdeathsig', 'INT', '--', file, ...args], options }
}

/**
 * The same for initdb, which will not run for a user without a name: in a user namespace of its own such a user is "nobody".
 * Undefined where there is no way.
 */
export async function namedCommandFor(
  user: ServerUser,
  command: readonly [string, ...string[]],
): Promise<Command | undefined> {
  if (user.named) return commandFor(user, command)
  const unshare = findTool('unshare')
  const { uid, named } = await findNobody()
  if (unshare === undefined || !named) return undefined
  const inNamespace = (inner: readonly string[]): Command =>
    commandFor(user, [unshare, '--user', `--map-user=${uid}`, '--', ...inner])
  return (await succeeds(inNamespace(['true']))) ? inNamespace(command) : undefined
}

/** Whether the server's user may read all these files, with every folder on the way. Asked of the system itself, as modes are not all it goes by. */
export function canRead(user: ServerUser, paths: readonly string[]): Promise<boolean> {
  return succeeds(commandFor(user, ['/bin/sh', '-c', 'for path; do test -r "$path" || exit 1; done', 'sh', ...paths]))
}

/** Whether the server's user may reach what lies in the folder. */
export function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  return succeeds(commandFor(user, ['/bin/sh', '-c', 'test -x "$1"', 'sh', folder]))
}

async function succeeds({ file, args, options }: Command): Promise<boolean> {
  return promisify(execFile)(file, args, options).then(
    () => true,
    () => false,
  )
}

function findTool(name: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  return ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
    .map((folder) => `${folder}/${name}`)
    .find((path) => existsSync(path))
}
