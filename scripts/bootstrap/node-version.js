// Imported for its effect, first of all, by every script that a person runs: a Node too old ends here, with a line that
// says so, and not in the middle with a riddle. start.js has the same for Nodes that cannot even import.
import { readFileSync } from 'node:fs'

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const [wantedMajor, wantedMinor] = engines.node.replace('>=', '').split('.').map(Number)
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(
    `Souk needs Node ${wantedMajor}.${wantedMinor} or newer, and this is ${process.versions.node}: see nodejs.org.`,
  )
  process.exit(1)
}
