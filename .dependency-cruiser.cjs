/** The import rules of the architecture: imports run one way, and every exception is written here. */

/** Tests, and what they share inside a part. */
const tests = '(\\.test\\.ts$|/testing/)'
/** What fulfils a store's interface, in a folder named after its driver. */
const stores = '^subgraphs/[^/]+/stores/(postgres|mongodb|redis)/'
const drivers = '^(node_modules/)?(pg|mongodb|ioredis|nats|postgrator)(/|$)'
/** What fulfils a port of the platform, in a folder named after its driver. */
const adapters = '^platform/(bus/)?(postgres|mongodb|redis|nats)/'

/** What runs a part as a process of its own, and so chooses its drivers. */
const processes = '^(subgraphs/[^/]+/(main|process)\\.ts$|gateway/(main\\.ts$|process/))'

/** What each folder of platform/ may import of the rest of it. Adapters import ports, never the other way round. */
const platformFolders = {
  text: [],
  typescript: [],
  telemetry: ['errors.ts'],
  work: ['errors.ts', 'telemetry/'],
  limits: ['errors.ts', 'clock.ts', 'redis/', 'telemetry/', 'work/'],
  identity: ['errors.ts', 'clock.ts', 'ids.ts', 'redis/', 'telemetry/', 'work/'],
  graphql: ['errors.ts', 'ids.ts', 'identity/', 'telemetry/'],
  messaging: ['errors.ts', 'clock.ts', 'ids.ts', 'telemetry/', 'work/'],
  subgraph: ['(errors|clock|ids|config).ts', 'graphql/', 'identity/', 'messaging/', 'telemetry/', 'work/'],
  process: [
    ...['(errors|clock|ids|config).ts', 'identity/', 'limits/', 'messaging/', 'subgraph/', 'telemetry/', 'work/'],
    ...['bus/', 'postgres/', 'mongodb/', 'redis/'],
  ],
  laws: ['messaging/contract.ts'],
  postgres: ['errors.ts', 'laws/', 'messaging/', 'telemetry/', 'work/', 'subgraph/storage.ts'],
  redis: ['errors.ts', 'laws/', 'messaging/', 'telemetry/', 'work/'],
  mongodb: ['errors.ts', 'laws/', 'messaging/', 'telemetry/', 'work/', 'subgraph/storage.ts'],
  bus: ['errors.ts', 'ids.ts', 'laws/', 'messaging/', 'postgres/', 'telemetry/', 'work/'],
}

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
      name: 'gateway-hands-traces-on',
      comment: 'A trace that is found without being handed on has Node follow each promise of the process.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: '^platform/telemetry/trace\\.ts$' },
    },
    {
      name: 'apollo-in-its-folder',
      comment: "The planner is Apollo's: only gateway/engine/apollo/ knows it.",
      severity: 'error',
      from: { path: '^gateway/', pathNot: '^gateway/engine/apollo/' },
      to: { path: '^(node_modules/)?@apollo/' },
    },
    {
      name: 'only-the-assistant-asks-the-graph',
      comment:
        'Nobody calls a neighbour: a subgraph keeps a read model. The one exception is the assistant, docs/decisions/0027-assistant.md.',
      severity: 'error',
      from: {
        path: '^(subgraphs|gateway)/',
        pathNot: [tests, '^subgraphs/recommendations/(assistant/|(process|subgraph)\\.ts$)'],
      },
      to: { path: '^platform/(subgraph/ask-graph|process/graph-over-http)\\.ts$' },
    },
    {
      name: 'language-models-in-the-assistant',
      comment: "LangChain is the assistant's, and its memory's: nobody else is to pay for it.",
      severity: 'error',
      from: {
        pathNot: [
          tests,
          '^tests/',
          '^subgraphs/recommendations/(assistant/|stores/postgres/conversation-memory\\.ts$)',
        ],
      },
      to: { path: '^(node_modules/)?(langchain|@langchain)(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-assistant-is-loaded-when-asked',
      comment:
        'Import assistant/assistant.ts, which loads the rest of its folder by `import()`; so is the memory of conversations.',
      severity: 'error',
      from: {
        path: '^(subgraphs|embedded|distributed)/',
        pathNot: [tests, '^subgraphs/recommendations/assistant/(?!(assistant|config|rules/limits)\\.ts$)'],
      },
      to: {
        path: '^subgraphs/recommendations/(assistant/(?!(assistant|config|rules/limits)\\.ts$)|stores/postgres/conversation-memory\\.ts$)',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'platform-imports-nobody',
      comment: 'platform/ has no business in it: what needs a subgraph or a message belongs elsewhere.',
      severity: 'error',
      from: { path: '^platform/', pathNot: tests },
      to: { path: '^[^/]+/', pathNot: '^(platform|node_modules)/', dependencyTypesNot: ['core'] },
    },
    ...Object.entries(platformFolders).map(([folder, others]) => ({
      name: `platform-${folder}-imports`,
      comment: `platform/${folder}/ may import of platform/: ${others.join(', ') || 'nothing else'}.`,
      severity: 'error',
      from: { path: `^platform/${folder}/`, pathNot: tests },
      to: { path: '^platform/', pathNot: `^platform/(${[`${folder}/`, ...others].join('|').replaceAll('.', '\\.')})` },
    })),
    {
      name: 'contracts-import-nobody',
      comment:
        'contracts/ are names, payloads and parsers: they need zod, address formats, each other, and the type of a contract.',
      severity: 'error',
      from: { path: '^contracts/', pathNot: tests },
      to: { pathNot: '^(contracts/|platform/messaging/contract\\.ts$|node_modules/(zod|localized-address-format)/)' },
    },
    {
      name: 'domain-is-pure',
      comment:
        'A business rule needs contracts/, money, errors, words and its own domain: no store, no I/O, no package.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/domain(\\.ts|/)', pathNot: tests },
      to: { pathNot: '^(contracts/|platform/(money|errors|text)[./]|subgraphs/$1/domain(\\.ts|/))' },
    },
    {
      name: 'use-cases-know-no-graph',
      comment: 'A use case answers by `kind`; graph/ parses arguments, and makes types and refusals of the graph.',
      severity: 'error',
      from: {
        path: '^subgraphs/([^/]+)/',
        pathNot: [tests, '^subgraphs/[^/]+/(graph/|(subgraph|main)\\.ts$)'],
      },
      to: { path: '^(platform/graphql|subgraphs/$1/graph)/' },
    },
    {
      name: 'stores-behind-their-interface',
      comment: 'Only a composition chooses a driver: stores are handed to the subgraph, which imports store.ts.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway)/', pathNot: [tests, stores, processes] },
      to: { path: stores },
    },
    {
      name: 'adapters-in-stores-only',
      comment: 'A subgraph knows the ports of platform/messaging/ and platform/subgraph/; its stores know the driver.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway)/', pathNot: [tests, stores, processes] },
      to: { path: adapters },
    },
    {
      name: 'drivers-in-stores-only',
      comment: 'A database driver is imported by the store that is named after it, and by the adapters of platform/.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway|contracts|platform)/', pathNot: [tests, stores, adapters] },
      to: { path: drivers },
    },
    {
      name: 'parts-know-no-process',
      comment: 'A subgraph does not know what runs it: its main.ts and process.ts do.',
      severity: 'error',
      from: { path: '^(subgraphs|platform)/', pathNot: [tests, processes, '^platform/process/'] },
      to: { path: '(^platform/process/|^subgraphs/[^/]+/process\\.ts$)' },
    },
    {
      name: 'nobody-imports-what-sees-all',
      comment: 'embedded/, tests/ and scripts/ put the parts together; a part does not know them.',
      severity: 'error',
      from: { path: '^(subgraphs|gateway|platform|contracts|pictures)/', pathNot: tests },
      to: { path: '^(audit|demo|distributed|embedded|tests|scripts)/' },
    },
    {
      name: 'demo-and-audit-know-no-composition',
      comment: 'They work on whatever composition is handed to them: its importers, its stores.',
      severity: 'error',
      from: { path: '^(audit|demo)/', pathNot: tests },
      to: { path: '^(distributed|embedded|gateway|scripts|tests)/' },
    },
    {
      name: 'audit-asks-by-laws',
      comment: 'What can be told of a store is in the laws.ts of its subgraph; nobody else names its tables.',
      severity: 'error',
      from: { path: '^audit/', pathNot: tests },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/([^/]+/laws|payments/provider/laws)\\.ts$' },
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
      from: { pathNot: [tests, '^tests/load/'] },
      to: { path: tests },
    },
    {
      name: 'server-runs-without-dev-dependencies',
      comment: 'Move the package to dependencies.',
      severity: 'error',
      from: {
        path: '^(audit|contracts|demo|distributed|embedded|gateway|pictures|platform|subgraphs)/',
        pathNot: tests,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
    {
      name: 'browser-app-stands-alone',
      comment: 'What is built for browsers holds nothing of the server.',
      severity: 'error',
      from: { path: '^clients/', pathNot: tests },
      to: { path: '^(audit|contracts|demo|distributed|embedded|gateway|pictures|platform|subgraphs|scripts|tests)/' },
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
    exclude: { path: '^(coverage|\\.souk|\\.servers|clients/graphiql/dist[^/]*)/' },
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
