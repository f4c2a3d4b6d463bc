/** Makes the secrets of a new shop, once: `node --import tsx deploy/compose/make-secrets.ts`, as root, into /run/secrets. */
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'

import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { secretFiles } from './secret-files.ts'
import { writeSecrets } from './write-secrets.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const passwords = new Map<string, string>()

function password(of: string): string {
  const made = passwords.get(of) ?? randomBytes(24).toString('hex')
  passwords.set(of, made)
  return made
}

const subgraphs = readSubgraphList(root).map(({ name, url }) => ({ name, port: Number(new URL(url).port) }))
const isNew = await writeSecrets('/run/secrets', secretFiles(subgraphs, password))
console.log(isNew ? 'The secrets of this shop have been made.' : 'This shop has its secrets.')
