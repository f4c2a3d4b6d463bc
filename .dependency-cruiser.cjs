/** The import rules of the architecture: imports run one way, and every exception is written here. */

/** Tests, and what they share inside a part. */
const tests = '(\\.test\\.ts$|/testing/)'
/** What fulfils a store's interface, in a folder named after its driver. */
const stores = '^subgraphs/[^/]+/stores/(postgres|mongodb|redis)/'
const drivers = '^(node_modules/)?(pg|mongodb|ioredis|nats|postgrator)(/|$)'

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that import each other are one file, or lack a third that both import.',
      severity: 'error',
      from: { pathNot: tests },
      to: { circular: true, viaOnly: { pathNot: 'generated\\.ts$' } },
    },
    {
      name: 'subgraphs-never-import-each-other',
      comment: 'A subgraph learns of others by events: import the message from contracts/ and keep a read model.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'gateway-imports-no-subgraph',
      comment: 'The gateway knows subgraphs by supergraph.graphql alone; embedded/ hands it their executors.',
      severity: 'error',
      from: { path: '^gateway/', pathNot: tests },
      to: { path: '^(subgraphs|contracts)/' },
    },
    {
      name: 'platform-imports-nobody',
      comment: 'platform/ has no business in it: what needs a subgraph or a message belongs elsewhere.',
      severity: 'error',
      from: { path: '^platform/', pathNot: tests },
      to: { path: '^[^/]+/', pathNot: '^(platform|node_modules)/' },
    },
    {
      name: 'contracts-import-nobody',
      comment: 'contracts/ are names, payloads and parsers: they need zod, each other, and the type of a contract.',
      severity: 'error',
      from: { path: '^contracts/', pathNot: tests },
      to: { pathNot: '^(contracts/|platform/messaging/contract\\.ts$|node_modules/zod/)' },
    },
    {
      name: 'domain-is-pure',
      comment: 'A business rule needs contracts/, money, errors and its own domain: no store, no I/O, no package.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/domain(\\.ts|/)', pathNot: tests },
      to: { pathNot: '^(contracts/|platform/(money|errors)[./]|subgraphs/$1/domain(\\.ts|/))' },
    },
    {
      name: 'stores-behind-their-interface',
      comment: 'Only the composition of a subgraph chooses a driver; the rest imports store.ts.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway)/', pathNot: [tests, stores, '^subgraphs/[^/]+/(subgraph|main)\\.ts$'] },
      to: { path: stores },
    },
    {
      name: 'drivers-in-stores-only',
      comment: 'A database driver is imported by the store that is named after it, and by platform/.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway|contracts)/', pathNot: [tests, stores] },
      to: { path: drivers },
    },
    {
      name: 'nobody-imports-what-sees-all',
      comment: 'embedded/, tests/ and scripts/ put the parts together; a part does not know them.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway|platform|contracts|pictures)/', pathNot: tests },
      to: { path: '^(audit|demo|embedded|tests|scripts)/' },
    },
    {
      name: 'mains-are-imported-by-nobody',
      comment: 'main.ts reads the environment and starts a process.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)main\\.ts$' },
    },
    {
      name: 'no-test-in-the-product',
      comment: 'What tests share lives in tests/support/.',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'server-runs-without-dev-dependencies',
      comment: 'Move the package to dependencies.',
      severity: 'error',
      from: { path: '^(audit|contracts|demo|embedded|gateway|pictures|platform|subgraphs)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'browser-app-stands-alone',
      comment: 'What is built for browsers holds nothing of the server.',
      severity: 'error',
      from: { path: '^clients/', pathNot: tests },
      to: { path: '^(audit|contracts|demo|embedded|gateway|pictures|platform|subgraphs|scripts|tests)/' },
    },
    {
      name: 'imports-resolve',
      comment: 'There is no such file or package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|raw|url)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(coverage|\\.souk|clients/graphiql/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
