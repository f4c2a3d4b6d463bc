import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { compose, hadolint, helm, kubernetesValidate, kubernetesVersion, outputOf } from './tools.ts'

/** Looks at one kind of deployment file. @throws MissingServer without its tool; Error with what the tool found */
export interface DeploymentCheck {
  readonly name: string
  check(root: string): Promise<void>
}

const chart = 'deploy/helm/souk'
/** What the chart is rendered with: its defaults, and all that can be switched on. */
const chartValues = [`${chart}/values.yaml`, `${chart}/ci/big.yaml`]

export const deploymentChecks: readonly DeploymentCheck[] = [
  {
    name: 'Dockerfile',
    async check(root) {
      await outputOf(await hadolint(), ['Dockerfile'], root)
    },
  },
  {
    name: 'docker-compose.yml',
    async check(root) {
      await outputOf(await compose(), ['--file', 'docker-compose.yml', 'config', '--quiet'], root)
    },
  },
  {
    name: 'Helm chart',
    async check(root) {
      const [program, validate] = await Promise.all([helm(), kubernetesValidate()])
      await outputOf(program, ['lint', '--strict', '--quiet', '--kube-version', kubernetesVersion, chart], root)
      for (const values of chartValues) await checkRendered({ root, program, validate, values })
    },
  },
]

interface Rendering {
  readonly root: string
  readonly program: string
  readonly validate: string
  readonly values: string
}

async function checkRendered({ root, program, validate, values }: Rendering): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-chart-'))
  try {
    const file = join(folder, 'manifests.yaml')
    const args = ['template', 'shop', chart, '--values', values, '--kube-version', kubernetesVersion]
    await writeFile(file, await outputOf(program, args, root))
    const said = await outputOf(validate, ['--strict', '--quiet', '--kubernetes-version', kubernetesVersion, file])
    // It only warns of a kind that it does not know; we have none of our own.
    if (said !== '') throw new Error(said)
  } finally {
    await rm(folder, { recursive: true })
  }
}
