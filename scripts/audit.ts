/** Checks every law over all stores of a data folder, running or not: `npm run audit`. Exit code 1 when one is broken. */
import { audit } from '../audit/audit.ts'
import { report } from '../audit/report.ts'
import { readConfig } from '../embedded/config.ts'
import { whatIsSeeded } from '../embedded/seeded.ts'
import { openStores } from '../embedded/stores.ts'

const { SOUK_DATA_DIR: dataDir } = readConfig()
if ((await whatIsSeeded(dataDir)) === undefined) {
  console.error(
    `There is no shop in ${dataDir} to audit. Run \`npm start\` first, or name its folder by SOUK_DATA_DIR.`,
  )
  process.exit(1)
}
const { stores, close } = await openStores(dataDir)
try {
  const findings = await audit(stores)
  console.log(report(findings))
  if (findings.some(({ violations }) => violations.length > 0)) process.exitCode = 1
} finally {
  await close()
}
