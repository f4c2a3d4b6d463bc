export function tryToBuildGraphiql(deps: { log(line: string): void; signal: AbortSignal }): Promise<boolean>
