import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below what systems give to outgoing connections (Linux from 32,768, others from 49,152), so that none of those takes one. */
const firstPort = 10_000
const portsPerProcess = 110
const slices = 200

// Processes that run beside each other have numbers close to each other: each looks in a slice of its own, so that no
// two are given the same port before either listens on it.
const first = firstPort + (process.pid % slices) * portsPerProcess
let given = 0

/** A TCP port of 127.0.0.1 that nothing listened on a moment ago, and that this process was not given lately. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < portsPerProcess; tries += 1) {
    const port = first + (given++ % portsPerProcess)
    if (await isFree(port)) return port
  }
  throw new Error(`something listens on every port from ${first} to ${first + portsPerProcess - 1}`)
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
