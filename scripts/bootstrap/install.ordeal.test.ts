import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeAll, afterAll, beforeEach, describe, expect, test } from 'vitest'

/** A clone with one package, which lies beside it, so that no registry is asked. */
let original: string
let root: string

beforeAll(async () => {
  original = await mkdtemp(join(tmpdir(), 'souk-install-'))
  await addPackage(original, 'one', 'node -e 0')
})

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'souk-install-'))
  await cp(original, root, { recursive: true })
})

afterEach(() => rm(root, { recursive: true, force: true }))
afterAll(() => rm(original, { recursive: true, force: true }))

describe('ensureInstalled', () => {
  test('installs what is missing, says so, and leaves nothing of its own', async () => {
    const { code, output } = await ensureInstalled()

    expect(output).toMatch(
      /^Installing packages: 1 of package-lock\.json are missing\nInstalled packages in [\d.]+ s\n$/,
    )
    expect(code).toBe(0)
    expect(await readdir(join(root, 'node_modules'))).toContain('one')
    expect((await readdir(root)).sort()).toEqual(['node_modules', 'one', 'package-lock.json', 'package.json'])
  })

  test('does nothing when all is there, with no npm at all', async () => {
    await ensureInstalled()

    expect(await ensureInstalled({ path: '/nowhere' })).toEqual({ code: 0, output: '' })
  })

  test('installs again when package-lock.json has changed', async () => {
    const newer = join(root, 'newer')
    await cp(original, newer, { recursive: true })
    await addPackage(newer, 'two', 'node -e 0')
    await ensureInstalled()
    await cp(newer, root, { recursive: true })

    expect((await ensureInstalled()).output).toContain('Installed packages')
    expect(await readdir(join(root, 'node_modules'))).toContain('two')
  })

  test('installs again when npm was cut off', async () => {
    await ensureInstalled()
    await rm(join(root, 'node_modules', '.package-lock.json'))

    expect((await ensureInstalled()).output).toContain('Installed packages')
  })

  test('installs again when somebody has removed a package', async () => {
    await ensureInstalled()
    await rm(join(root, 'node_modules', 'one'))

    expect((await ensureInstalled()).output).toContain('Installed packages')
  })

  test('shows all that npm printed when it fails, and ends with 1', async () => {
    await writeFile(
      join(root, 'one', 'package.json'),
      packageJson('one', 'node -e "console.log(6 * 7); process.exit(3)"'),
    )

    const { code, output } = await ensureInstalled()

    expect(code).toBe(1)
    expect(output).toContain('npm error 42')
    expect(output).toMatch(/npm ci failed: its words are above\. Mend that and start again\.\n$/)
    expect(await readdir(root)).not.toContain('.installing')
  })

  test('says so where there is no npm', async () => {
    expect(await ensureInstalled({ path: '/nowhere' })).toEqual({
      code: 1,
      output: expect.stringMatching(/there is no npm in PATH: install npm 10 or newer\.\n$/) as string,
    })
  })

  test('installs once when two start at once', async () => {
    await writeFile(join(root, 'one', 'package.json'), packageJson('one', 'echo installed >> ../installations'))

    const results = await Promise.all([ensureInstalled(), ensureInstalled()])

    expect(results.map(({ code }) => code)).toEqual([0, 0])
    expect(results.some(({ output }) => output.includes('Waiting for another process'))).toBe(true)
    expect(await readFile(join(root, 'installations'), 'utf8')).toBe('installed\n')
  })

  test('takes over from one that was killed', async () => {
    const child = spawn('sleep', ['0'])
    await once(child, 'exit')
    await mkdir(join(root, '.installing', String(child.pid)), { recursive: true })
    const longAgo = new Date(Date.now() - 60_000)
    await utimes(join(root, '.installing'), longAgo, longAgo)

    expect((await ensureInstalled()).code).toBe(0)
    expect(await readdir(root)).not.toContain('.installing')
  })

  test('gives the lock back on Ctrl-C', async () => {
    await writeFile(join(root, 'one', 'package.json'), packageJson('one', 'sleep 30'))
    const child = spawnEnsureInstalled()
    const ended = once(child, 'exit')
    const printed = text(child.stdout)
    await lockHeldByNpm()

    child.kill('SIGINT')

    expect(await printed).toMatch(/Interrupted while installing packages: the next start does it again\.\n$/)
    expect(await ended).toEqual([130, null])
    expect(await readdir(root)).not.toContain('.installing')
  })
})

test('a Node too old is refused with the number in package.json, without a syntax it cannot read', async () => {
  const start = await readFile(join(import.meta.dirname, '..', 'start.js'), 'utf8')
  const manifest = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')

  expect(manifest).toContain(`"node": ">=${/oldest = '([\d.]+)'/.exec(start)?.[1]}.0"`)
  expect(start).not.toMatch(/^(?!\/\/).*(`|=>|\bconst\b|\blet\b|\bawait\b|^import |\?\?|\?\.)/m)
})

function packageJson(name: string, postinstall: string): string {
  return JSON.stringify({ name, version: '1.0.0', scripts: { postinstall } })
}

async function addPackage(folder: string, name: string, postinstall: string): Promise<void> {
  await mkdir(join(folder, name))
  await writeFile(join(folder, name, 'package.json'), packageJson(name, postinstall))
  const options = ['--package-lock-only', '--no-audit', '--no-fund', '--offline']
  await promisify(execFile)('npm', ['install', ...options, `./${name}`], { cwd: folder })
}

function spawnEnsureInstalled({ path = process.env.PATH } = {}): ChildProcessByStdio<null, Readable, null> {
  const script = `import { ensureInstalled } from ${JSON.stringify(join(import.meta.dirname, 'install.js'))}
    await ensureInstalled({ log: (line) => console.log(line), root: ${JSON.stringify(root)} })`
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATH: path },
  })
}

async function ensureInstalled(options: { path?: string } = {}): Promise<{ code: number | null; output: string }> {
  const child = spawnEnsureInstalled(options)
  const output = text(child.stdout)
  await once(child, 'close')
  return { code: child.exitCode, output: await output }
}

/** The second folder in the lock is npm's. */
async function lockHeldByNpm(): Promise<void> {
  for (;;) {
    const names = await readdir(join(root, '.installing')).catch(() => [])
    if (names.length === 2) return
    await once(AbortSignal.timeout(20), 'abort')
  }
}
