import type { Cost } from './cost.ts'

/** The value that this share of the measurements does not exceed. */
function quantile(measured: readonly number[], share: number): number {
  const sorted = [...measured].sort((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Prints whether the measurements, in milliseconds, meet the targets. Exit code 1 when they do not. */
export function judge(what: string, measured: readonly number[], targets: { median: number; p95: number }): void {
  const [median, p95] = [quantile(measured, 0.5), quantile(measured, 0.95)]
  const met = median <= targets.median && p95 <= targets.p95
  const found = `median ${median.toFixed(0)} ms (target ${targets.median}), p95 ${p95.toFixed(0)} ms (target ${targets.p95})`
  process.stdout.write(`${met ? 'met   ' : 'MISSED'}  ${what}: ${found}, of ${measured.length}\n`)
  if (!met) process.exitCode = 1
}

/** Prints whether the milliseconds of CPU a request meet the targets. Exit code 1 when they do not. */
export function judgeCost(what: string, cost: Cost, targets: { node: number; postgres: number }): void {
  const { requestsPerSecond, node, postgres } = cost
  const met = node <= targets.node && postgres <= targets.postgres
  const cpu = `${node.toFixed(2)} ms of CPU in node (target ${targets.node}), ${postgres.toFixed(2)} ms in PostgreSQL (target ${targets.postgres})`
  process.stdout.write(
    `${met ? 'met   ' : 'MISSED'}  ${what}: ${requestsPerSecond.toFixed(0)} requests a second, ${cpu} each\n`,
  )
  if (!met) process.exitCode = 1
}
