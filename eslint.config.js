import js from '@eslint/js'
import graphql from '@graphql-eslint/eslint-plugin'
import { defineConfig, globalIgnores } from 'eslint/config'
import ts from 'typescript-eslint'

import { assertionHasReason } from './scripts/lint/assertion-has-reason.js'

const tests = ['**/*.test.ts', '**/testing/**', 'tests/**/*.ts']
const pureRules = ['subgraphs/*/domain.ts', 'subgraphs/*/domain/**/*.ts']

const nodeGlobals = Object.fromEntries(
  ['process', 'console', 'URL', 'Buffer', 'setTimeout', 'clearTimeout', 'fetch', 'AbortSignal'].map((name) => [
    name,
    'readonly',
  ]),
)

/** What the shell of MongoDB gives its scripts. */
const mongoshGlobals = Object.fromEntries(['db', 'rs', 'sleep', 'quit', 'require'].map((name) => [name, 'readonly']))

const everywhere = [
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe|suite)$/][property.name=/^(only|skip|todo)$/]',
    message: 'Every test runs. What needs something the machine lacks says so: `context.skip(missing, reason)`.',
  },
  {
    selector:
      ':matches(TSInterfaceDeclaration, TSTypeAliasDeclaration, ClassDeclaration)[id.name=/(Helper|Manager|Impl)$/]',
    message: 'Name it by what it does.',
  },
  { selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z][a-z]/]', message: 'No I before the name of an interface.' },
]
const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const pure = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time comes in as an argument.' },
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: 'Time comes in as an argument.' },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Chance comes in as an argument.',
  },
  { selector: 'AwaitExpression', message: 'A business rule waits for nothing.' },
]

export default defineConfig(
  globalIgnores([
    'clients/graphiql/dist*/',
    '**/coverage/',
    '.souk/',
    '.servers/',
    '**/graph/generated.ts',
    'supergraph.graphql',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{js,cjs,ts,tsx}'],
    extends: [js.configs.recommended],
    plugins: { souk: { rules: { 'assertion-has-reason': assertionHasReason } } },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 3 }],
      'max-depth': ['error', { max: 3 }],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in a config.ts, once.' },
      ],
      'no-restricted-syntax': ['error', namedExports, ...everywhere],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'souk/assertion-has-reason': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Objects here are closures: their methods use no `this`, and may be taken from them.
      '@typescript-eslint/unbound-method': 'off',
      // An interface's method may be asynchronous while one of its implementations has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // A parameter that only says what a generic function returns is how parsers and queries are typed here.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  { files: ['**/*.js', '**/*.cjs'], languageOptions: { globals: nodeGlobals } },
  {
    files: ['deploy/compose/mongodb/*.js'],
    languageOptions: { sourceType: 'script', globals: mongoshGlobals },
  },
  { files: pureRules, rules: { 'no-restricted-syntax': ['error', namedExports, ...everywhere, ...pure] } },
  // Their readers take the default export, and nothing else.
  {
    files: ['**/*.config.{js,ts}', '**/.*.cjs'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } } },
  {
    files: ['**/config.ts', 'scripts/**', 'tests/**', '**/*.config.{js,ts}'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // Their standard output is for a person who waits before it.
  { files: ['scripts/**', 'embedded/**', 'deploy/**', 'tests/load/**'], rules: { 'no-console': 'off' } },
  {
    files: tests,
    rules: {
      // A describe is a function of many tests.
      'max-lines-per-function': 'off',
      'souk/assertion-has-reason': 'off',
      // The answer to an operation is read freely: where it has another shape, the test fails.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['subgraphs/*/schema.graphql', 'contracts/graph/*.graphql'],
    languageOptions: { parser: graphql.parser },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          FieldDefinition: true,
          // Of fields only those of the roots need one, and the roots themselves say nothing.
          ignoredSelectors: [
            ':matches(ObjectTypeDefinition, ObjectTypeExtension)[name.value=/^(Query|Mutation)$/]',
            ':not([name.value=/^(Query|Mutation)$/]) > FieldDefinition',
          ],
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          DirectiveDefinition: 'camelCase',
          allowLeadingUnderscore: true,
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-typename-prefix': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
  {
    files: ['clients/*/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'clients/api.graphql', documents: 'clients/*/*.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/no-anonymous-operations': 'error',
      '@graphql-eslint/unique-operation-name': 'error',
      '@graphql-eslint/no-duplicate-fields': 'error',
      '@graphql-eslint/no-deprecated': 'error',
    },
  },
)
