import { describe, expect, it } from 'vitest'

import { readDockerfile } from './dockerfile.ts'

describe('a Dockerfile', () => {
  it('is read stage by stage, without what leaves no file', () => {
    const stages = readDockerfile(`
# A comment
FROM node:20 AS packages
WORKDIR /souk
RUN --mount=type=cache,target=/root/.npm npm ci \\
  --omit=dev
FROM node:20
ENV NODE_ENV=production
COPY --from=packages /souk/node_modules node_modules
USER 10001:10001
ENTRYPOINT ["node", "--import", "./loader.js"]
`)
    expect(stages).toEqual([
      {
        name: 'packages',
        instructions: [
          { kind: 'workdir', path: '/souk' },
          { kind: 'run', command: 'npm ci    --omit=dev' },
        ],
      },
      {
        name: '',
        instructions: [
          { kind: 'env', name: 'NODE_ENV', value: 'production' },
          { kind: 'copy', stage: 'packages', from: ['/souk/node_modules'], to: 'node_modules' },
          { kind: 'entrypoint', words: ['node', '--import', './loader.js'] },
        ],
      },
    ])
  })

  it('is refused with an instruction that nobody here carries out', () => {
    expect(() => readDockerfile('FROM node:20\nADD http://example.org/file .')).toThrow('ADD is not known')
  })
})
