import { useState, type KeyboardEvent, type ReactNode } from 'react'

import type { Credentials } from '../session/session-operations.ts'

export interface SignInFormProps {
  signIn: (credentials: Credentials) => Promise<void>
  close: () => void
}

/** E-mail and password of any account, as a small panel below its button. */
export function SignInForm({ signIn, close }: SignInFormProps): ReactNode {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const submit = (): void => {
    void signIn({ email, password })
    close()
  }
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close()
  }

  return (
    <form className="sign-in-form" action={submit} onKeyDown={closeOnEscape}>
      <label>
        E-mail
        <input
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <label>
        Password
        <input
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <button type="submit" className="account-choice">
        Sign in
      </button>
    </form>
  )
}
