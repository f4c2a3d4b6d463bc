import { BaseSequencer, type TestSpecification } from 'vitest/node'

const startsWholeSouks = /\/tests\/(e2e|saga)\//

/**
 * Whole Souks wait for the first of them to seed the shop that they copy, so their files do not start at once: each
 * third file is one of them until they are used up, the longest first.
 */
export class InterleavingSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isWhole = ({ moduleId }: TestSpecification) => startsWholeSouks.test(moduleId)
    const whole = sorted.filter(isWhole)
    const others = sorted.filter((file) => !isWhole(file))
    return [
      ...whole.flatMap((file, at) => [file, ...others.slice(2 * at, 2 * at + 2)]),
      ...others.slice(2 * whole.length),
    ]
  }
}
