import { natsProgram } from '../../scripts/servers/nats.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { busStressContract } from './bus-stress.ts'
import { natsUnderTest } from './nats-under-test.ts'

await whereInstalled(natsProgram, () => {
  busStressContract('NATS', natsUnderTest, { serverCrashes: true })
})
