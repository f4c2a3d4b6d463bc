/**
 * Before anything else starts: makes the secrets of a new shop in /run/secrets, and hands each volume below /volumes to
 * the user that writes to it. As root, in the image.
 */
import { randomBytes } from 'node:crypto'
import { chown } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { readSubgraphList } from '../../platform/subgraph/list.ts'
import { secretFiles, volumeUsers } from './secret-files.ts'
import { writeSecrets } from './write-secrets.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const passwords = new Map<string, string>()

function password(of: string): string {
  const made = passwords.get(of) ?? randomBytes(24).toString('hex')
  passwords.set(of, made)
  return made
}

const subgraphs = readSubgraphList(root).map(({ name, url }) => ({ name, port: Number(new URL(url).port) }))
const readers = secretFiles(subgraphs, password)
const isNew = await writeSecrets('/run/secrets', readers)
for (const [volume, user] of Object.entries(volumeUsers(readers))) await chown(`/volumes/${volume}`, user, user)
console.log(isNew ? 'The secrets of this shop have been made.' : 'This shop has its secrets.')
