/** The suites that need nothing but Node.js; test/sandbox has a configuration of its own. */
module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  roots: ['<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/sandbox/'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json', diagnostics: false }] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sandbox/', '<rootDir>/.parapet/'],
  maxWorkers: 2,
  // Speed is measured by benchmarks; a busy machine is no fault of what is tested.
  testTimeout: 60_000,
};
