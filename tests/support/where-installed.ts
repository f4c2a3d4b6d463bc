import { test } from 'vitest'

import { MissingServer } from '../../scripts/servers/installed.ts'

/**
 * Defines the tests where the server's program can be had. Elsewhere one skipped test names what is missing; in CI that is an error.
 * @param find as `redisProgram` of scripts/servers/
 */
export async function whereInstalled(find: () => Promise<unknown>, define: () => void): Promise<void> {
  const missing = await find().then(
    () => undefined,
    (thrown: unknown) => {
      if (process.env.CI || !(thrown instanceof MissingServer)) throw thrown
      return thrown.message
    },
  )
  if (missing === undefined) define()
  else test('a server that these tests need', (context) => context.skip(missing))
}
