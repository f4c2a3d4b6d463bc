import { z } from 'zod'

import { line } from '../../../contracts/text.ts'
import { normalizePassword, passwordProblem } from '../domain/password.ts'

/** Far longer than any password, far shorter than what would cost us something. */
const longestSecret = 4_096

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'The e-mail address is longer than 254 characters.')
  .pipe(z.email('The e-mail address is not valid.'))

const password = z
  .string()
  .min(1, 'The password is missing.')
  .max(longestSecret, 'The password is too long.')
  .transform(normalizePassword)

// Whatever it is: what is no guest's token keeps nobody from coming in.
const guestToken = z.string().nullish()

export const signInInput = z.object({ email, password, guestToken })

export const signUpInput = z.object({
  email,
  password: password.superRefine((text, context) => {
    const problem = passwordProblem(text)
    if (problem !== undefined) context.addIssue(problem)
  }),
  name: line('The name', 100),
  guestToken,
})
