import type { Viewer } from '../../../platform/identity/viewer.ts'
import type { SeenCart } from '../carts.ts'
import type { Cart } from '../domain.ts'
import type { ShownVariants } from './loaders.ts'

/** What one request's resolvers share. */
export interface Context {
  readonly viewer: Viewer
  /** The viewer's cart; read once a request, and again after a change of it. */
  ownCart(): Promise<SeenCart | undefined>
  changed(cart: Cart): void
  readonly shown: ShownVariants
}
