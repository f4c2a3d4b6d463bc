import { SoukError } from '../../../../platform/errors.ts'
import type { Viewer } from '../../../../platform/identity/viewer.ts'
import type { Owner } from '../../stores/conversations.ts'

/** Whose a conversation is, and a proposal made in it: by the passport, and by nothing that anybody says. */
export function ownerOf(viewer: Viewer): Owner {
  if (viewer.kind === 'visitor') throw new SoukError('UNAUTHENTICATED')
  return { kind: viewer.kind, id: viewer.id }
}
