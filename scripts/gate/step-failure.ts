import { ConfigError } from '../../platform/config.ts'

/** What a step of the gate found wrong, in words for the person who has to mend it. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure'
}

/** Runs a step's command: what it found wrong goes to stderr as it is written, anything else with its stack. */
export async function runStep(step: () => Promise<void> | void): Promise<void> {
  try {
    await step()
  } catch (thrown) {
    const isExplained = thrown instanceof StepFailure || thrown instanceof ConfigError
    console.error(isExplained ? thrown.message : thrown)
    process.exitCode = 1
  }
}
