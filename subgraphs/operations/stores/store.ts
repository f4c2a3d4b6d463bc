import type { Bus } from '../../../platform/messaging/bus.ts'

/** Dead letters are the bus's: it keeps them, and alone can hand one out again. */
export type DeadLetterStore = Pick<Bus, 'deadLetters' | 'countDeadLetters' | 'replayDeadLetter'>
