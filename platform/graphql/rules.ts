import { allow, rule, shield, type IRule } from 'graphql-shield'

import { SoukError } from '../errors.ts'
import { isStaff as viewerIsStaff, isUser, type Viewer } from '../identity/viewer.ts'

export { allow }

interface WithViewer {
  readonly viewer: Viewer
}

/** A rule that sees the object a field belongs to, and who asks. Never cached: its answer depends on both. */
export function viewerRule<Source>(
  name: string,
  decide: (viewer: Viewer, source: Source, args: Record<string, unknown>) => boolean | SoukError,
) {
  return rule(name, { cache: 'no_cache' })((source: Source, args: Record<string, unknown>, context: WithViewer) =>
    decide(context.viewer, source, args),
  )
}

/** FORBIDDEN to somebody known, UNAUTHENTICATED to somebody who could sign in and then may. */
export function denied(viewer: Viewer): SoukError {
  return new SoukError(viewer.kind === 'user' ? 'FORBIDDEN' : 'UNAUTHENTICATED')
}

export const isSignedIn = viewerRule('isSignedIn', (viewer) => viewer.kind === 'user' || denied(viewer))

export const hasSession = viewerRule(
  'hasSession',
  (viewer) => viewer.kind !== 'visitor' || new SoukError('UNAUTHENTICATED', 'Start a guest session or sign in first.'),
)

export const isStaff = viewerRule('isStaff', (viewer) => viewerIsStaff(viewer) || denied(viewer))

/** The user that an object belongs to, or staff. */
export function isOwnerOrStaff<Source>(ownerOf: (source: Source) => string) {
  return viewerRule<Source>(
    'isOwnerOrStaff',
    (viewer, source) => isUser(viewer, ownerOf(source)) || viewerIsStaff(viewer) || denied(viewer),
  )
}

/** What every subgraph must answer the gateway; the passport was checked before. */
export const federationFields = { _entities: allow, _service: allow }

type Rule = IRule | typeof allow

/** Rules by type: one for all of its fields, or one for each. */
export type TypeRules = Readonly<Record<string, Rule | Record<string, Rule>>>

/** Turns the rules into a middleware that denies whatever they do not name. */
export function denyByDefault(rules: TypeRules) {
  return shield(
    { ...rules, _Service: allow },
    {
      // Refusals by rule carry their own code; anything a resolver throws must stay what it was, to be logged and masked.
      allowExternalErrors: true,
      fallbackError: new SoukError('FORBIDDEN'),
      fallbackRule: rule('deny', { cache: 'contextual' })(() => new SoukError('FORBIDDEN')),
    },
  )
}
