import type { ReactNode } from 'react'

import markUrl from './favicon.svg'

export const SoukLogo = (): ReactNode => (
  <div className="souk-logo">
    <img src={markUrl} alt="" width="26" height="26" />
    <span>Souk</span>
    <span className="souk-logo-tool">GraphiQL</span>
  </div>
)
