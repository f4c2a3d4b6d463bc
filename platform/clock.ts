/** The present instant; passed in, so that a rule never asks the machine for the time. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
