import type { ZxcvbnFactory } from '@zxcvbn-ts/core'

/** Why a password is guessed soon. */
export type Weakness = 'COMMON' | 'OWN_NAME'

/** Whose the password is to be. */
export interface Owner {
  readonly email: string
  readonly name: string
}

/** @returns undefined for a password that takes long to guess */
export type JudgePassword = (password: string, owner: Owner) => Promise<Weakness | undefined>

/** 0 to 4: a password of 2 takes a million guesses and more, which at the door takes years. */
const leastScore = 2
/** Whoever guesses at one account begins with what its owner is called. */
const leastScoreOfOwnName = 3

/**
 * Characters that are looked at. The time it takes grows with their square, on the thread that answers everybody: of these
 * a check takes 1 to 10 ms, at the worst 60; of 128 it may take 500.
 */
const judgedCharacters = 24

/** Judges by patterns and by the passwords that are guessed first; these (2 MB) are loaded when the first one is judged. */
export function passwordJudge(): JudgePassword {
  let loading: Promise<ZxcvbnFactory> | undefined
  return async (password, owner) => {
    loading ??= load()
    const judge = await loading
    const { score, feedback } = judge.check(password, namesOf(owner))
    if (feedback.warning === 'userInputs' && score < leastScoreOfOwnName) return 'OWN_NAME'
    return score < leastScore ? 'COMMON' : undefined
  }
}

async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Factory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  return new Factory({ graphs: adjacencyGraphs, dictionary, maxLength: judgedCharacters })
}

const mostWords = 10
const shortestWord = 3

/** What the owner is called: name and address, their words, and the words in one. */
function namesOf({ email, name }: Owner): string[] {
  const local = email.slice(0, email.lastIndexOf('@'))
  const whole = [email, local, name].map((text) => text.toLowerCase())
  const words = whole.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u)).slice(0, mostWords)
  const joined = whole.map((text) => text.replaceAll(/[^\p{L}\p{N}]+/gu, ''))
  return [...new Set([...whole, ...words, ...joined])].filter((text) => text.length >= shortestWord)
}
