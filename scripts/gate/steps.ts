/** One step of `npm run check`. */
export interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** What to do when it fails. */
  readonly mend: string
}

const installed = (name: string): string => `node_modules/.bin/${name}`
const script = (name: string, ...args: string[]): Step['command'] => [
  process.execPath,
  'scripts/run.js',
  `scripts/${name}`,
  ...args,
]

/** They know nothing of each other, and none starts or changes anything. The longest comes first. */
export const staticSteps: readonly Step[] = [
  {
    name: 'lint',
    command: [installed('eslint'), '.', '--max-warnings', '0'],
    mend: '`npm run fix` mends what can be mended by itself; the rest is listed above.',
  },
  { name: 'types', command: [installed('tsc'), '--project', '.'], mend: 'Mend the types listed above.' },
  {
    name: 'types of the browser apps',
    command: [installed('tsc'), '--project', 'clients'],
    mend: 'Mend the types listed above.',
  },
  {
    name: 'format',
    command: [installed('prettier'), '--check', '--log-level', 'warn', '.'],
    mend: '`npm run fix` formats them.',
  },
  {
    name: 'boundaries',
    command: [
      installed('depcruise'),
      ...[
        'audit',
        'clients',
        'contracts',
        'demo',
        'deploy',
        'embedded',
        'gateway',
        'pictures',
        'platform',
        'scripts',
        'subgraphs',
        'tests',
      ],
      ...['--output-type', 'err-long'],
    ],
    mend: 'Import the other way round, or through what the rule names: .dependency-cruiser.cjs.',
  },
  {
    name: 'unused code',
    command: [installed('knip'), '--no-progress'],
    mend: 'Delete it, or take away the `export`. Where something outside reads it, name that in knip.json.',
  },
  {
    name: 'generated files',
    command: script('generate.ts', '--check'),
    mend: '`npm run generate`, and commit the result.',
  },
  {
    name: 'supergraph',
    command: script('compose.ts', '--check'),
    mend: 'Make the schemas agree; then `npm run compose`, and commit the result.',
  },
  {
    name: 'schema check',
    command: script('check-schema.ts'),
    mend: 'What clients rely on stays: see above.',
  },
  {
    name: 'dependencies',
    command: script('check-dependencies.ts'),
    mend: 'Change package.json, run `npm install`, and say why in docs/decisions/0001-dependencies.md.',
  },
  {
    name: 'deployment files',
    command: script('check-deployment.ts'),
    mend: 'Mend what the tool named above has found.',
  },
]

export const testStep: Step = {
  name: 'tests with coverage',
  command: [process.execPath, 'scripts/test.js', '--coverage'],
  mend: '`npm test -- <path>` runs one file again. Below a threshold, write the test that is missing.',
}
