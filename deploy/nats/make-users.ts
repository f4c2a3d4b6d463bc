/**
 * Prints the users of NATS, with passwords from the environment of the server, for `cluster.conf`:
 * `node scripts/run.js deploy/nats/make-users.ts > users.conf`
 */
import { services } from './services.ts'
import { natsUsers, passwordVariable } from './users.ts'

process.stdout.write(natsUsers(services, (name) => `$${passwordVariable(name)}`))
