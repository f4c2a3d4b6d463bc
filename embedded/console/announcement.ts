import type { EmbeddedConfig } from '../config.ts'
import { demoAccounts } from '../../demo/accounts.ts'
import { whatIsSeeded } from '../seeded.ts'

const training = '  Recommendations are trained for the first time, beside the shop; simpler ones are shown until then.'

interface Announced {
  readonly url: string
  /** Recommendations have never been trained before. */
  readonly isTraining?: boolean
}

/** What a person needs to know of a Souk that is ready, line by line; the last one says so. */
export async function announcement(
  { url, isTraining = false }: Announced,
  { NODE_ENV, SOUK_DATA_DIR }: Pick<EmbeddedConfig, 'NODE_ENV' | 'SOUK_DATA_DIR'>,
  graphiql: { isBuilt: boolean },
): Promise<string[]> {
  const ready = `Souk is ready at ${url}/graphql`
  if (NODE_ENV === 'production') return [ready]
  const seeded = await whatIsSeeded(SOUK_DATA_DIR)
  const accounts = seeded?.demoAccounts === true ? demoAccounts : []
  return [
    `  GraphiQL      ${url}/graphiql${graphiql.isBuilt ? '' : ' (being built; the page comes by itself)'}`,
    ...accounts.map(({ role, email, password }) => `  ${role.padEnd(13)} ${email} / ${password}`),
    ...(isTraining ? [training] : []),
    ready,
  ]
}
