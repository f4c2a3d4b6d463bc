import { readFile, realpath, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'

import type { Logger } from '../../platform/telemetry/logging.ts'
import { StartError } from '../start-error.ts'
import { inspectProcess, waitForEnd } from './running-process.ts'
import { unlessFailedWith } from './system-error.ts'

/** Milliseconds for a shutdown that writes everything out, before the quick one that leaves recovery to the next start. */
const orderlyShutdown = 30_000
const quickShutdown = 5_000

/**
 * Stops the server that a Souk killed with -9 has left on the cluster, and removes its pid file. The folder's lock is ours, so whatever
 * server runs on it is nobody's.
 */
export async function endOrphan(cluster: string, log: Logger): Promise<void> {
  const pidFile = join(cluster, 'postmaster.pid')
  const content = await unlessFailedWith(['ENOENT'], readFile(pidFile, 'utf8'))
  if (content === undefined) return
  const pid = Number(content.split('\n', 1)[0])
  if (await isServerOf(cluster, pid)) {
    log.warn({ pid }, 'stopping the PostgreSQL that a killed Souk has left behind')
    await stopOrphan(pid)
  }
  // Its number may by now be another program's, and PostgreSQL would not start beside that.
  await rm(pidFile, { force: true })
}

/** Goes by the program and its working directory, never by the command line, which anybody can imitate by accident. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false
  const running = await inspectProcess(pid)
  if (running?.executable === undefined || basename(running.executable) !== 'postgres') return false
  return running.folder === undefined || running.folder === (await realpath(cluster))
}

async function stopOrphan(pid: number): Promise<void> {
  if (await endsBy('SIGINT', pid, orderlyShutdown)) return
  if (await endsBy('SIGQUIT', pid, quickShutdown)) return
  throw new StartError(`The PostgreSQL that an earlier Souk left behind (process ${pid}) does not stop.`, {
    cure: `End it by hand: kill -QUIT ${pid}.`,
  })
}

async function endsBy(signal: 'SIGINT' | 'SIGQUIT', pid: number, milliseconds: number): Promise<boolean> {
  await unlessFailedWith(
    ['ESRCH'],
    Promise.resolve().then(() => process.kill(pid, signal)),
  )
  return waitForEnd(pid, milliseconds)
}
