import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'

import { unlessFailedWith } from '../../embedded/postgres/system-error.ts'

const enoughMemory = 1_000_000_000

/**
 * Where short-lived databases live: in memory, where the machine has some to spare. A new database takes 15 ms there,
 * against 100 to 400 ms on a busy disk.
 */
export async function fastestFolder(): Promise<string> {
  const memory = '/dev/shm'
  const room = await unlessFailedWith(['ENOENT', 'EACCES'], statfs(memory))
  return room !== undefined && room.bavail * room.bsize > enoughMemory ? memory : tmpdir()
}
