import { describe, expect, it } from 'vitest'

import { consoleProgress } from './progress.ts'

function recorded() {
  let text = ''
  const progress = consoleProgress((part) => (text += part))
  return { progress, lines: () => text.replaceAll(/\d+\.\d s/g, 'N s').split('\n') }
}

describe('what a person reads of the progress', () => {
  it('is a line a step, with how long it took', async () => {
    const { progress, lines } = recorded()
    await progress.step('Starting PostgreSQL', () => Promise.resolve())
    progress.print('Souk is ready')
    expect(lines()).toEqual(['  Starting PostgreSQL … N s', 'Souk is ready', ''])
  })

  it('keeps apart what is printed in the middle of a step', async () => {
    const { progress, lines } = recorded()
    await progress.step('Seeding', () => {
      progress.print('Building GraphiQL')
      return Promise.resolve()
    })
    expect(lines()).toEqual(['  Seeding … ', 'Building GraphiQL', '  Seeding … N s', ''])
  })

  it('prints what goes on beside a step when the step has ended', async () => {
    const { progress, lines } = recorded()
    await progress.step('Seeding', () => {
      progress.printBetween('Building GraphiQL')
      return Promise.resolve()
    })
    progress.printBetween('Built GraphiQL')
    expect(lines()).toEqual(['  Seeding … N s', 'Building GraphiQL', 'Built GraphiQL', ''])
  })

  it('prints of a step that fails nothing more', async () => {
    const { progress, lines } = recorded()
    await expect(progress.step('Seeding', () => Promise.reject(new Error('full')))).rejects.toThrow('full')
    progress.print('Souk cannot start')
    expect(lines()).toEqual(['  Seeding … ', 'Souk cannot start', ''])
  })

  it('prints of a step that fails after something else was printed nothing more', async () => {
    const { progress, lines } = recorded()
    const failing = progress.step('Seeding', () => {
      progress.print('Stopping')
      return Promise.reject(new Error('stopped'))
    })
    await expect(failing).rejects.toThrow('stopped')
    expect(lines()).toEqual(['  Seeding … ', 'Stopping', ''])
  })
})
