import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Who may import whom: libs by `type:`, contexts by `scope:` (proved by test-e2e/workspace/boundaries.spec.ts). */
export const boundaries = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:model', onlyDependOnLibsWithTags: ['type:contracts', 'type:model'] },
  { sourceTag: 'type:adapter', onlyDependOnLibsWithTags: ['type:contracts', 'type:model', 'type:adapter', 'type:testing'] },
  { sourceTag: 'type:kit', onlyDependOnLibsWithTags: ['type:contracts', 'type:model', 'type:adapter', 'type:testing'] },
  { sourceTag: 'type:web', onlyDependOnLibsWithTags: ['type:client'] },
  { sourceTag: 'type:client', onlyDependOnLibsWithTags: ['type:contracts', 'type:client', 'type:adapter', 'type:testing'] },
  {
    sourceTag: 'type:host',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:model', 'type:adapter', 'type:kit', 'type:client', 'type:testing'],
  },
  { sourceTag: 'type:service', onlyDependOnLibsWithTags: ['type:contracts', 'type:model', 'type:adapter', 'type:kit', 'type:testing'] },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:model', 'type:adapter', 'type:kit', 'type:client', 'type:host', 'type:testing'],
  },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing'] },
  ...['gateway', 'release', 'approval-inbox', 'provisioning', 'audit'].map((scope) => ({
    sourceTag: `scope:${scope}`,
    onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing', `scope:${scope}`],
  })),
  {
    sourceTag: 'scope:runtime-executor',
    onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing', 'scope:executor', 'scope:runtime-executor'],
  },
  { sourceTag: 'scope:executor', onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing', 'scope:executor'] },
  { sourceTag: 'scope:client', onlyDependOnLibsWithTags: ['scope:shared', 'scope:testing', 'scope:client'] },
];

const frameworkFree = {
  patterns: [
    {
      group: ['@nestjs/*', 'typeorm', 'pg', '@nats-io/*', 'node:*', 'fs', 'crypto', 'child_process'],
      message: 'domain/ is pure: no framework, no I/O, no clock, no randomness (STYLE.md).',
    },
  ],
};
const noShell = [
  {
    selector: "CallExpression[callee.name='exec'], CallExpression[callee.property.name='execSync'], CallExpression[callee.name='execSync']",
    message: 'One process port: run(file, argv). No shell strings (RELIABILITY.md).',
  },
  {
    selector: "Property[key.name='shell'][value.value=true]",
    message: 'shell: true is never needed; pass an argument vector (RELIABILITY.md).',
  },
];

const noClock = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'domain/ reads no clock: the time comes in the command context.',
  },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: 'domain/ draws no random numbers: ids come from the command context.',
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.slipway/**', '**/generated/**', 'coverage/**', 'samples/**'] },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './apps/web/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: false, allow: [], depConstraints: boundaries }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...noShell],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['apps/**/*.ts'],
    ignores: ['apps/web/**'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/*/src/**/domain/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': ['error', frameworkFree], 'no-restricted-syntax': ['error', ...noShell, ...noClock] },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [
      '**/*.spec.ts',
      '**/*.fixture.ts',
      'libs/testing/**',
      'libs/service-fixture/**',
      'libs/platform-driver/**',
      'apps/*/src/**/domain/**',
    ],
    rules: {
      'no-restricted-imports': ['error', { paths: [{ name: '@slipway/testing', message: 'Test support stays out of production code.' }] }],
    },
  },
  {
    files: ['**/*.spec.ts', 'test-e2e/**/*.ts', 'libs/testing/**/*.ts', 'libs/platform-driver/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  prettier,
);
