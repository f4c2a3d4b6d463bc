import { ConfigError } from '../platform/config.ts'
import { asError } from '../platform/errors.ts'
import { createLogger } from '../platform/logging.ts'
import { readConfig, type EmbeddedConfig } from './config.ts'
import { demoAccounts } from './demo-accounts.ts'
import { consoleProgress } from './progress.ts'
import { startSouk, type Souk } from './souk.ts'
import { StartError } from './start-error.ts'

const progress = consoleProgress((text) => process.stdout.write(text))

try {
  const config = readConfig()
  const log = createLogger(config.LOG_LEVEL)
  const souk = await startSouk({ config, log, progress })
  stopOnSignals(souk)
  announce(souk, config)
} catch (thrown) {
  process.stderr.write(`Souk cannot start: ${explain(asError(thrown))}\n`)
  process.exit(1)
}

function announce({ url }: Souk, config: EmbeddedConfig): void {
  if (config.NODE_ENV !== 'production') {
    progress.say(`  GraphiQL      ${url}/graphiql`)
    for (const { role, email, password } of demoAccounts) progress.say(`  ${role.padEnd(13)} ${email} / ${password}`)
  }
  progress.say(`Souk is ready at ${url}/graphql`)
}

/** The first signal drains; a second one ends at once. */
function stopOnSignals(souk: Souk): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(130)
    stopping = true
    progress.say('Stopping; once more Ctrl-C ends at once.')
    souk.stop().then(
      () => process.exit(0),
      (thrown: unknown) => {
        process.stderr.write(`Souk did not stop cleanly: ${asError(thrown).message}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
}

/** One line that names the cause and the cure; a stack only for what nobody foresaw. */
function explain(error: Error): string {
  if (error instanceof StartError) return `${error.message} ${error.cure}`
  if (error instanceof ConfigError) return `${error.message}. Correct the environment variable and start again.`
  return error.stack ?? error.message
}
