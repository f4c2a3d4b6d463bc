import { defineConfig } from 'vitest/config'

import { UntriedTests } from './scripts/gate/untried-tests.ts'
import { InterleavingSequencer } from './tests/setup/sequencer.ts'

// Vitest would load graphql's ES build, while Apollo's CommonJS packages load the other: their types are strangers.
const resolve = { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] }

const never = ['**/node_modules/**', '**/.souk/**', '**/.servers/**', 'clients/graphiql/dist/**']

/** Tests that look at how long something takes. */
const measured = 'tests/**/*.measured.test.ts'

/** Tests that start, kill, cut and crowd what really runs, again and again: minutes until all is up, taken over or given up. */
const ordeals = '**/*.ordeal.test.ts'

/**
 * What is tried in one process and on processes apart. The rest of tests/e2e/ is about the one process itself: its start and end,
 * its folder, its PostgreSQL, and violations that are planted in its tables.
 */
const onBothTopologies = [
  'access',
  'assistant',
  'clients',
  'crowd.ordeal',
  'http',
  'overselling.ordeal',
  'shopping-trip',
].map((name) => `tests/e2e/${name}.test.ts`)

/** What takes minutes: in CI always, and where it is named, as by `--project distributed` or by a path. */
const longProjects = ['ordeal', 'distributed'] as const
const leftOut = longProjects.filter(
  (project) => process.env.CI === undefined && !process.argv.some((argument) => argument.includes(project)),
)

// They wait as much as they work, so that four run well beside each other on two cores; what counts coverage works more.
const workers = process.env.CI === undefined ? 4 : 3

/** A real language model takes 130 MB and all of the machine: it is asked where it is named, and never in CI. */
const smallModel = 'tests/assistant/small-model.test.ts'
const isNamed = process.argv.some((argument) => argument.includes('small-model'))

const projects = [
  ...(isNamed
    ? [{ resolve, test: { name: 'small-model', include: [smallModel], exclude: never, testTimeout: 300_000 } }]
    : []),
  {
    resolve,
    test: {
      name: 'suite',
      include: ['**/*.test.ts'],
      exclude: [...never, measured, ordeals, smallModel, 'tests/{distributed,browser,load}/**'],
      maxWorkers: workers,
      // No module of Souk keeps anything between two tests, so a process reads each once for all its files.
      isolate: false,
      testTimeout: 60_000,
      hookTimeout: 120_000,
      sequence: { groupOrder: 0 },
    },
  },
  {
    resolve,
    test: {
      name: 'ordeal',
      include: [ordeals],
      exclude: never,
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 120_000,
      sequence: { groupOrder: 1 },
    },
  },
  {
    // Processes apart, ten and more for each file: what shoppers and staff do is the same as in one process.
    resolve,
    test: {
      name: 'distributed',
      include: ['tests/distributed/**/*.test.ts', ...onBothTopologies],
      env: { SOUK_TOPOLOGY: 'distributed' },
      maxWorkers: 1,
      testTimeout: 120_000,
      hookTimeout: 400_000,
      sequence: { groupOrder: 2 },
    },
  },
  {
    // What measures: nothing runs beside it.
    resolve,
    test: {
      name: 'measured',
      include: [measured],
      maxWorkers: 1,
      testTimeout: 60_000,
      hookTimeout: 120_000,
      sequence: { groupOrder: 3 },
    },
  },
  {
    resolve,
    test: {
      name: 'browser',
      include: ['tests/browser/**/*.test.ts'],
      maxWorkers: 2,
      // On a busy machine the editor's page may miss a key or a click; what is broken fails three times.
      retry: 2,
      testTimeout: 120_000,
      hookTimeout: 180_000,
      sequence: { groupOrder: 4 },
    },
  },
]

export default defineConfig({
  resolve,
  test: {
    // One PostgreSQL for the whole run; each test file gets databases of its own from it.
    globalSetup: 'tests/setup/postgres.ts',
    sequence: { sequencer: InterleavingSequencer },
    reporters: ['default', new UntriedTests(leftOut), ...(process.env.CI ? ['json'] : [])],
    // Read by .ci/run.
    outputFile: { json: 'coverage/tests.json' },
    coverage: {
      provider: 'v8',
      reportsDirectory: 'coverage/report',
      reporter: [['text', { skipFull: true, maxCols: 120 }], 'html'],
      include: ['{audit,contracts,demo,distributed,embedded,gateway,pictures,platform,subgraphs}/**/*.ts'],
      // What runs in a process or a browser of its own is tested there, where coverage does not see it.
      exclude: ['**/generated.ts', '**/main.ts', '**/*.worker.ts', '**/testing/**'],
      thresholds: {
        lines: 85,
        '**/domain.ts': { branches: 100 },
        '**/domain/**': { branches: 100 },
      },
    },
    projects: projects.filter(({ test: { name } }) => !leftOut.some((project) => project === name)),
  },
})
