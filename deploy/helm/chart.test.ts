import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

import { listedSubgraphs } from '../../embedded/composition/names.ts'

const part = z.object({
  secretVariables: z.array(z.string()).optional(),
  autoscaling: z.object({ enabled: z.boolean().optional() }).optional(),
})
const values = z.object({ defaults: part, parts: z.record(z.string(), part) })

const read = (file: string) => readFile(join(import.meta.dirname, 'souk', file), 'utf8')

describe('the chart', async () => {
  const { defaults, parts } = values.parse(parse(await read('values.yaml')))
  const readme = await read('README.md')

  /** The keys that a part's Secret must have, by the README's own rule: small letters, with dashes. */
  function keysOf(name: string): string[] {
    const variables = parts[name]?.secretVariables ?? defaults.secretVariables ?? []
    return variables.map((variable) => variable.toLowerCase().replaceAll('_', '-')).toSorted()
  }

  it('shows commands whose Secrets have all that the part is given, and no more', () => {
    const commands = readme.replaceAll(/\\\n\s*/g, '').matchAll(/kubectl create secret generic shop-(\w+) (.*)/g)
    const shown = [...commands].map(([, name = '', options = '']) => ({
      name,
      keys: [...options.matchAll(/--from-(?:file|literal)=([a-z-]+)=/g)].map(([, key]) => key ?? '').toSorted(),
    }))
    expect(shown.map(({ name }) => name)).toEqual(['gateway', 'cart'])
    expect(shown).toEqual(shown.map(({ name }) => ({ name, keys: keysOf(name) })))
  })

  it('scales every part', () => {
    expect(Object.keys(parts).toSorted()).toEqual([...listedSubgraphs(), 'gateway'].toSorted())
    const isScaled = (name: string) => parts[name]?.autoscaling?.enabled ?? defaults.autoscaling?.enabled
    expect(Object.keys(parts).filter((name) => isScaled(name) !== true)).toEqual([])
  })
})
