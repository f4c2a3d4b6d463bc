import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const wholeFile = 64 * 1024 * 1024

/** The text of a file as committed at `ref`; undefined where there is none, such as in a shallow clone. */
export async function committedFile(root: string, ref: string, path: string): Promise<string | undefined> {
  return git(root, ['show', `${ref}:${path}`])
}

/**
 * The commit that a change of `path` is judged against: where this branch left main; on main itself, the last commit
 * while the change is not committed yet, else the one before.
 */
export async function baseOf(root: string, path: string): Promise<string> {
  const head = (await git(root, ['rev-parse', 'HEAD']))?.trim()
  for (const main of ['origin/main', 'main']) {
    const base = (await git(root, ['merge-base', 'HEAD', main]))?.trim()
    if (base !== undefined && base !== head) return base
  }
  const changed = (await git(root, ['diff', '--name-only', 'HEAD', '--', path]))?.trim()
  return changed ? 'HEAD' : 'HEAD^1'
}

/** What git prints; undefined when it refuses, because a ref or a file is not there. */
async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  return run('git', [...args], { cwd: root, maxBuffer: wholeFile }).then(
    ({ stdout }) => stdout,
    () => undefined,
  )
}
