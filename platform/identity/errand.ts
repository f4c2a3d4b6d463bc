import type { CryptoKey } from 'jose'

import type { Clock } from '../clock.ts'
import { passportControl, type PassportControl, type PassportOffice } from './passport.ts'
import type { Viewer } from './viewer.ts'

/** Whom an errand is for: the gateway. A passport for a subgraph is none, and no subgraph takes an errand for a passport. */
const audience = 'gateway'

/**
 * What the gateway gives a subgraph that answers a viewer and has to ask the graph something for it: who the viewer is, and the
 * rights of a shopper, whatever other rights the viewer has.
 */
export async function issueErrand(passports: PassportOffice, viewer: Viewer): Promise<string> {
  return passports(asShopper(viewer), audience)
}

/** Finds out in whose name an errand is. @throws SoukError UNAUTHENTICATED */
export function errandControl(parts: { readonly publicKey: CryptoKey; readonly clock: Clock }): PassportControl {
  return passportControl({ ...parts, subgraph: audience })
}

function asShopper(viewer: Viewer): Viewer {
  return viewer.kind === 'user' ? { ...viewer, roles: ['SHOPPER'] } : viewer
}
