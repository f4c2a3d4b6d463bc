import { asRead, type ReplyRule } from './reply.ts'

/** As models decline what they were made not to do. That something was not found, or cannot be bought, is no refusal. */
const refusals = [
  /\b(?:can['’]?t|cannot|can not|could not|couldn['’]t|won['’]t|will not|unable to|not able to|not allowed to|not permitted to|must decline to|have to decline to|not comfortable|refuse to)\b(?:\s+\p{L}+){0,2}?\s+(?:help|assist|answer|comply|do (?:that|this|so)|provide|fulfil\w*|continue|discuss|respond|process|engage|with (?:that|this))\b/iu,
  /\bI (?:must|have to|will|need to) (?:respectfully )?(?:decline|refuse)\b/i,
  /\bas an? (?:AI|artificial|(?:large )?language model|assistant,? I (?:can|am|do))/i,
  /\b(?:against|violates?|outside) (?:my|our|the|openai['’]s) (?:guidelines|polic\w+|programming|capabilities|scope)\b/i,
  /\b(?:beyond|outside) (?:what I|my)\b/i,
]

/** A model that refuses in plain words has not answered; the planner does. */
export const isNoRefusal: ReplyRule = ({ text }) =>
  refusals.some((refusal) => refusal.test(asRead(text))) ? 'the model refused' : undefined
