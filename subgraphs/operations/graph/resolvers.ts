import { z } from 'zod'

import { connection, decodeCursor, pageSize } from '../../../platform/graphql/page.ts'
import { redact, redactText } from '../../../platform/telemetry/redaction.ts'
import type { Resolvers } from './generated.ts'
import type { DeadLetterStore } from '../stores/store.ts'

const cursors = {
  list: 'deadLetters',
  position: z.tuple([z.iso.datetime(), z.uuid()]).transform(([failedAt, id]) => ({ failedAt: new Date(failedAt), id })),
}

export function createResolvers(store: DeadLetterStore): Resolvers {
  return {
    Query: {
      async deadLetters(_root, args) {
        const first = pageSize(args.first)
        const after = decodeCursor(cursors, args.after)
        const [letters, totalCount] = await Promise.all([
          store.deadLetters({ first: first + 1, after }),
          store.countDeadLetters(),
        ])
        return connection(letters, {
          list: cursors.list,
          first,
          totalCount,
          positionOf: ({ failedAt, id }) => [failedAt, id],
        })
      },
    },
    Mutation: {
      replayDeadLetter: (_root, { id }) => store.replayDeadLetter(id),
    },
    DeadLetter: {
      subject: ({ message }) => message.type,
      error: ({ error }) => redactText(error),
      payload: ({ message }) => JSON.stringify(redact(message)),
    },
  }
}
