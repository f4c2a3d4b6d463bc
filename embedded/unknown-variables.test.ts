import { describe, expect, it } from 'vitest'

import { unknownVariables } from './unknown-variables.ts'

const usual = {
  HOME: '/home/ada',
  PATH: '/usr/bin',
  HOSTNAME: 'here',
  NODE_OPTIONS: '--no-warnings',
  NODE_PATH: '/usr/lib/node',
  LOGNAME: 'ada',
  MAIL: '/var/mail/ada',
  npm_config_cache: '/tmp',
  XDG_DATA_DIRS: '/usr/share',
}

describe('variables that nobody reads', () => {
  it('are none of another program', () => {
    expect(unknownVariables(usual)).toBeUndefined()
  })

  it('are none that can be set, of one process or of several, nor the file of one', () => {
    const environment = {
      ...{ LIMIT_DEPTH: '5', DATABASE_URL: 'postgres://', SOUK_OPERATIONS: 'clients', WORKERS: 'auto', REDIS_URL: '' },
      ...{ SUBGRAPH_URL_CART: 'http://localhost:1', PROPOSAL_SECRET_FILE: '/run/secret', SOUK_DISTRIBUTED_DIR: '/x' },
    }
    expect(unknownVariables(environment, ['SOUK_DISTRIBUTED_DIR'])).toBeUndefined()
  })

  it.each([
    ['LIMIT_DEPHT', 'LIMIT_DEPHT (did you mean LIMIT_DEPTH?)'],
    ['RATE_PER_PERSONS', 'RATE_PER_PERSONS (did you mean RATE_PER_PERSON?)'],
    ['SOUK_DATADIR', 'SOUK_DATADIR (did you mean SOUK_DATA_DIR?)'],
    ['ORDERS_STEP_DEADLINE', 'ORDERS_STEP_DEADLINE (did you mean ORDERS_STEP_DEADLINE_MS?)'],
    ['RECOMMENDATIONS_NICE', 'RECOMMENDATIONS_NICE'],
    ['ASSISTANT_MODELL', 'ASSISTANT_MODELL (did you mean ASSISTANT_MODEL?)'],
    ['SUBGRAPH_URL_CARD', 'SUBGRAPH_URL_CARD (did you mean SUBGRAPH_URL_CART?)'],
    ['FETCH_DEADLNE_MS', 'FETCH_DEADLNE_MS (did you mean FETCH_DEADLINE_MS?)'],
    ['NODE_ENVV', 'NODE_ENVV (did you mean NODE_ENV?)'],
  ])('are told of: %s', (name, told) => {
    expect(unknownVariables({ ...usual, [name]: 'a secret' })).toBe(`Nothing here reads ${told}.`)
  })

  it('are told of on one line, without what they hold', () => {
    expect(unknownVariables({ LIMIT_DEPHT: '5', RATE_EVERYBODY: 'a secret' })).toBe(
      'Nothing here reads LIMIT_DEPHT (did you mean LIMIT_DEPTH?), RATE_EVERYBODY.',
    )
  })
})
