import { useState, useSyncExternalStore, type ReactNode } from 'react'

import type { Account } from '../session/account.ts'
import type { Session } from '../session/session.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SoukLogo } from './souk-logo.tsx'

// Made by the seed for everybody who runs Souk on their own machine; production refuses them.
const demoShopper = { email: 'shopper@souk.test', password: 'souk-demo-shopper' }
const demoStaff = { email: 'staff@souk.test', password: 'souk-demo-staff' }

/** The line above the editor that says who one is, and changes it. */
export function AccountBar({ account }: { account: Account }): ReactNode {
  const { session, busy, notice } = useSyncExternalStore(account.subscribe, account.state)
  const [isFormOpen, setFormOpen] = useState(false)
  const email = session.kind === 'user' ? session.user.email : null
  const isOther = email !== null && email !== demoShopper.email && email !== demoStaff.email

  const choices = [
    { label: 'Visitor', isChosen: session.kind === 'visitor', choose: account.becomeVisitor },
    { label: 'Guest', isChosen: session.kind === 'guest', choose: account.becomeGuest },
    { label: 'Demo shopper', isChosen: email === demoShopper.email, choose: () => account.signIn(demoShopper) },
    { label: 'Demo staff', isChosen: email === demoStaff.email, choose: () => account.signIn(demoStaff) },
  ]

  return (
    <header className="graphiql-container account-bar">
      <SoukLogo />
      <div className="account-choices" role="group" aria-label="Browse as">
        <span className="account-label">Browse as</span>
        {choices.map(({ label, isChosen, choose }) => (
          <button
            key={label}
            type="button"
            className="account-choice"
            aria-pressed={isChosen}
            disabled={busy}
            onClick={() => void (isChosen || choose())}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          className="account-choice"
          aria-pressed={isOther}
          aria-expanded={isFormOpen}
          disabled={busy}
          onClick={() => setFormOpen(!isFormOpen)}
        >
          Sign in…
        </button>
        {isFormOpen && <SignInForm signIn={account.signIn} close={() => setFormOpen(false)} />}
      </div>
      <p className="account-status" role="status">
        {notice !== null && <span className="account-notice">{notice}</span>}
        <Who session={session} />
      </p>
    </header>
  )
}

function Who({ session }: { session: Session }): ReactNode {
  switch (session.kind) {
    case 'visitor':
      return <span>No token: may browse</span>
    case 'guest':
      return <span>Guest: may fill a cart</span>
    case 'user':
      return (
        <span title={`The token renews itself; this one is good until ${session.expiresAt}`}>
          <strong>{session.user.name}</strong> {session.user.email}
          {session.user.roles.map((role) => (
            <span key={role} className="account-role">
              {role}
            </span>
          ))}
        </span>
      )
  }
}
