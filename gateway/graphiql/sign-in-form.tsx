import type { FormEvent, KeyboardEvent, ReactNode } from 'react'

import type { Credentials } from './session/session-operations.ts'

export type SignInFormProps = { signIn: (credentials: Credentials) => Promise<void>; close: () => void }

/** E-mail and password of any account, as a small panel below its button. */
export function SignInForm({ signIn, close }: SignInFormProps): ReactNode {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void signIn({ email: String(form.get('email')), password: String(form.get('password')) })
    close()
  }
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
  }

  return (
    <form className="sign-in-form" onSubmit={submit} onKeyDown={closeOnEscape}>
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" required autoFocus />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit" className="account-choice">
        Sign in
      </button>
    </form>
  )
}
