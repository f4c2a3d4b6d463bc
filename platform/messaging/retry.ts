/** How long a failed handler is left alone before each further attempt, in milliseconds; then the message is a dead letter. */
export const retryPauses: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000]
