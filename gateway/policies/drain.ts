import { SoukError } from '../../platform/errors.ts'
import type { MakeFarewell, MakeGreeting } from '../greeting.ts'

/** While the server closes, open requests are answered and new ones refused; either way the connection ends with it. */
export const refuseWhileClosing: MakeGreeting =
  ({ closing }) =>
  () =>
    closing.aborted
      ? new SoukError('SUBGRAPH_UNAVAILABLE', 'This server is stopping; send the request again.')
      : undefined

/** Kept alive, the connection of the last open request would be waited for long after its answer. */
export const endConnections: MakeFarewell =
  ({ closing, leaving }) =>
  (_request, _status, headers) => {
    if (closing.aborted || leaving.aborted) headers.connection = 'close'
  }
