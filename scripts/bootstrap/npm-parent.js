import { basename } from 'node:path'
import { clearInterval, setInterval } from 'node:timers'

/** Milliseconds. The system sends no event for the end of a parent. */
const lookEvery = 500

/**
 * Ends this process, as SIGTERM does, when the npm that started it is gone. npm passes SIGINT and SIGTERM on and waits;
 * killed by anything else (SIGKILL, SIGHUP) it would leave an orphan that holds the port and the data folder.
 * Does nothing where npm did not start this very script.
 */
export function endWithNpm() {
  if (!isStartedByNpm()) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, lookEvery)
  watch.unref()
}

/** Whether npm is the parent: it passes on each SIGINT and SIGTERM that it gets. */
export function isStartedByNpm() {
  const { npm_lifecycle_script: script } = process.env
  return script !== undefined && script.includes(basename(process.argv[1] ?? ''))
}
