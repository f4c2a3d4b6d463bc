/** The code (`ENOENT`, `EACCES` ...) of an error of the operating system, else undefined. */
export function systemErrorCode(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
}

/** Awaits `work`; a failure with one of `codes` is an answer, `undefined`. */
export async function unlessFailedWith<T>(codes: readonly string[], work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (thrown) {
    const code = systemErrorCode(thrown)
    if (code !== undefined && codes.includes(code)) return undefined
    throw thrown
  }
}
