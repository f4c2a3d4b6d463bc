import { allow, rule, shield, type IRule } from 'graphql-shield'

import { SoukError } from '../errors.ts'
import { isStaff as viewerIsStaff, isUser, type Viewer } from '../identity/viewer.ts'

export { allow }

interface WithViewer {
  readonly viewer: Viewer
}

type Decide<Source> = (viewer: Viewer, source: Source, args: Record<string, unknown>) => boolean | SoukError
/** Of a field's source, arguments and context. True where it may be read; else what it is refused with. */
type DecideAtOnce = (source: unknown, args: Record<string, unknown>, context: unknown) => true | SoukError

/** By rule. Whatever is not here has to be waited for. */
const decidedAtOnce = new WeakMap<object, DecideAtOnce>()

/** A rule that sees the object a field belongs to, and who asks, and asks nobody else; one that throws fails its field. Never cached: its answer depends on both. */
export function viewerRule<Source>(name: string, decide: Decide<Source>): IRule {
  const decideOf = (source: Source, args: Record<string, unknown>, context: WithViewer) =>
    decide(context.viewer, source, args)
  const made = rule(name, { cache: 'no_cache' })(decideOf)
  decidedAtOnce.set(made, (source, args, context) => {
    // What a field belongs to, and the context, are what its subgraph has made; the cast is graphql-js's edge.
    const decided = decideOf(source as Source, args, context as WithViewer)
    return decided === false ? new SoukError('FORBIDDEN') : decided
  })
  return made
}

/** How a rule decides that needs nobody to wait; undefined for any other. */
export function decidingAtOnce(given: Rule): DecideAtOnce | undefined {
  return decidedAtOnce.get(given)
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

export type Rule = IRule | typeof allow

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
