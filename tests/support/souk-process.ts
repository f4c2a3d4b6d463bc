import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface SoukProcess {
  readonly url: string
  readonly child: ChildProcess
}

/** `npm start` on the data folder and a free port, as a process that can be killed. Resolves when it is ready. */
export async function startSoukProcess(dataDir: string): Promise<SoukProcess> {
  const child = spawn(process.execPath, ['scripts/start.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SOUK_DATA_DIR: dataDir, NODE_ENV: 'test' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const ready = /Souk is ready at (\S+)\/graphql/.exec(printed)
      if (ready?.[1] !== undefined) resolve(ready[1])
    })
    child.once('exit', (code) => reject(new Error(`Souk ended with ${code} before it was ready:\n${printed}`)))
  })
  return { url, child }
}

export async function killSouk({ child }: SoukProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** As Ctrl-C does. Resolves with the exit code. */
export async function stopSouk({ child }: SoukProcess): Promise<number | null> {
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  await exited
  return child.exitCode
}
