import { factsBy } from '../../platform/laws/facts.ts'
import type { Questions } from '../../platform/laws/law.ts'

/** What is reported of users' store. */
export function usersLaws(store: Questions) {
  return {
    /** What notifications should keep of each account. */
    contacts: () =>
      factsBy(
        store,
        `select id as key, id as "messageKey", jsonb_build_object('email', email, 'name', name) as fact from account`,
      ),
  }
}
