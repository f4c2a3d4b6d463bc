import { startPostgres } from '../supervisor.ts'
import { createLogger } from '../../../platform/telemetry/logging.ts'
import { ownerOptionsSchema } from './owner-options.ts'

/** A Souk with nothing but its PostgreSQL: reports when it is ready, and stops when its standard input ends. */
const { uid, ...options } = ownerOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'))

if (uid !== undefined) {
  process.setgroups?.([])
  process.setgid?.(uid)
  process.setuid?.(uid)
}

try {
  const postgres = await startPostgres({ ...options, log: createLogger('warn') })
  console.log(JSON.stringify({ pid: postgres.pid, socketDir: postgres.socketDir }))
  process.stdin.resume()
  process.stdin.once('end', () => void postgres.stop())
} catch (thrown) {
  console.log(JSON.stringify({ failure: thrown instanceof Error ? thrown.message : String(thrown) }))
}
