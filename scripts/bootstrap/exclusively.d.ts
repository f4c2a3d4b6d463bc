export function exclusively<Result>(
  lock: { readonly folder: string; log(line: string): void },
  work: (lock: { alsoHeldBy(pid: number): Promise<unknown> }) => Promise<Result>,
): Promise<Result>
