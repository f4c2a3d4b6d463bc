import { z } from 'zod'

import { normalizePassword, passwordProblem } from '../domain/password.ts'

/** Far longer than any password or token, far shorter than what would cost us something. */
const longestSecret = 4_096

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'The e-mail address is longer than 254 characters.')
  .pipe(z.email('The e-mail address is not valid.'))

const name = z
  .string()
  .trim()
  .min(1, 'The name is missing.')
  .max(100, 'The name is longer than 100 characters.')
  // Control characters, and halves of a surrogate pair, which no store takes as text.
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'The name holds characters that cannot be printed.')

const password = z
  .string()
  .min(1, 'The password is missing.')
  .max(longestSecret, 'The password is too long.')
  .transform(normalizePassword)

// Whatever it is: what is no guest's token keeps nobody from coming in.
const guestToken = z.string().nullish()

export const signInInput = z.object({ email, password, guestToken })

export function signUpInput(commonPasswords: ReadonlySet<string>) {
  return z.object({
    email,
    password: password.superRefine((text, context) => {
      const problem = passwordProblem(text, commonPasswords)
      if (problem !== undefined) context.addIssue(problem)
    }),
    name,
    guestToken,
  })
}

export type SignUpInput = ReturnType<typeof signUpInput>
