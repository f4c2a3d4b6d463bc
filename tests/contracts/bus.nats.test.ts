import { natsProgram } from '../../scripts/servers/nats.ts'
import { whereInstalled } from '../support/where-installed.ts'
import { busLawsContract } from './bus-laws.ts'
import { busLogContract } from './bus-log.ts'
import { busReleasesContract } from './bus-releases.ts'
import { busStateContract } from './bus-state.ts'
import { busTracesContract } from './bus-traces.ts'
import { natsUnderTest } from './nats-under-test.ts'

await whereInstalled(natsProgram, () => {
  busLogContract('NATS', natsUnderTest)
  busStateContract('NATS', natsUnderTest)
  busTracesContract('NATS', natsUnderTest)
  busReleasesContract('NATS', natsUnderTest)
  busLawsContract('NATS', natsUnderTest)
})
