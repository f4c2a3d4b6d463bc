import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { services } from '../../deploy/nats/services.ts'
import { natsUsers, passwordVariable } from '../../deploy/nats/users.ts'
import type { GeneratedFile } from './generated-types.ts'

/** The users of NATS as the services are now. */
export function usersOfNats(root: string): GeneratedFile {
  const path = 'deploy/nats/users.conf'
  const content = natsUsers(services, (name) => `$${passwordVariable(name)}`)
  const there = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
  return { path, content, stale: content !== there }
}
