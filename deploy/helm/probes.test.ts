import { join } from 'node:path'

import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'

import { listedSubgraphs } from '../../embedded/composition/names.ts'
import { helm, kubernetesVersion, outputOf } from '../../scripts/deployment/tools.ts'
import { whereInstalled } from '../../tests/support/where-installed.ts'

const probe = z.object({ httpGet: z.object({ path: z.string() }) }).transform(({ httpGet: { path } }) => path)
const container = z.object({ name: z.string(), startupProbe: probe, livenessProbe: probe, readinessProbe: probe })
const deployment = z
  .object({
    kind: z.literal('Deployment'),
    spec: z.object({ template: z.object({ spec: z.object({ containers: z.array(container) }) }) }),
  })
  .transform(({ spec }) => spec.template.spec.containers)

await whereInstalled(helm, () => {
  test('a part is restarted when it hangs and never for what it waits for, and is in service once it has started', async () => {
    const chart = join(import.meta.dirname, 'souk')
    const rendered = await outputOf(await helm(), ['template', 'shop', chart, '--kube-version', kubernetesVersion])
    const containers = parseAllDocuments(rendered).flatMap((document) => {
      const { data } = deployment.safeParse(document.toJS())
      return data ?? []
    })
    const [alive, started] = ['/healthz', '/startedz']
    expect(containers.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual(
      [...listedSubgraphs(), 'gateway'].toSorted().map((name) => ({
        ...{ name, startupProbe: alive, livenessProbe: alive, readinessProbe: started },
      })),
    )
  })
})
