const base = require('./jest.config.js');

/** The suites that run in a sandbox: they share one, which is made before the first of them. */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/sandbox'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/sandbox/bring-up.ts',
  globalTeardown: '<rootDir>/test/sandbox/take-down.ts',
  testTimeout: 180_000,
  maxWorkers: 1,
};
