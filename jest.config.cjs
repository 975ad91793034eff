/** One configuration for every tier; script/test.mjs selects by file name (*.spec, *.int.spec, test-e2e). */
module.exports = {
  testEnvironment: 'node',
  rootDir: __dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test-e2e', '<rootDir>/script'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/', '/\\.nx/', '/\\.slipway/'],
  moduleNameMapper: { '^@slipway/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts' },
  transform: { '^.+\\.[cm]?[tj]s$': ['@swc/jest', { sourceMaps: 'inline' }] },
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|cookie|jose|typebox|ulid|openapi-fetch|content-disposition)/)'],
  testSequencer: '<rootDir>/script/jest-sequencer.cjs',
  globalSetup: '<rootDir>/script/jest-global-setup.cjs',
  globalTeardown: '<rootDir>/script/jest-global-teardown.cjs',
  testTimeout: 30_000,
  // Of `it.concurrent`: specs that drive containers, on two cores with all else that runs.
  maxConcurrency: 2,
};
