/** Who may import whom (docs/decisions/0005). Types may cross towards the SDK, values may not. */
const from = (path, pathNot) => ({ path, ...(pathNot ? { pathNot } : {}) });

/** A folder, and the only project folders it may import from. */
const only = (name, folder, ...allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: from(folder),
  to: {
    path: '^(src|policies|lambdas|modules|stacks|sandbox|bench|test|scripts|main)',
    pathNot: [folder, ...allowed].join('|'),
  },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('core', '^src/core/'),
    only('policies', '^policies/', '^src/core/'),
    only('pattern', '^src/pattern/', '^src/core/'),
    only('engine', '^src/engine/', '^src/core/'),
    only('lake', '^src/lake/', '^src/(core|engine)/'),
    only('siem', '^src/siem/', '^src/core/'),
    only('report', '^src/report/', '^src/(core|engine|lake)/'),
    only('config', '^src/config/', '^src/core/'),
    only('aws', '^src/aws/', '^src/(core|engine|config|siem|report|lake)/'),
    only('twin', '^src/twin/', '^src/(core|engine|pattern|config)/'),
    only('replay', '^src/replay/', '^src/(core|engine|pattern)/'),
    only('lambdas', '^lambdas/', '^src/(core|engine|aws|lake|siem|report)/', '^policies/'),
    only('modules', '^modules/', '^src/(core|pattern)/'),
    only('stacks', '^stacks/', '^modules/', '^policies/', '^src/(core|config|lake|pattern)/'),
    only('cli', '^src/cli/', '^src/', '^policies/', '^stacks/', '^sandbox/'),
    {
      name: 'sdk-values-only-in-aws',
      severity: 'error',
      from: from('^(src|policies|lambdas|modules|stacks)/', '^src/aws/|^lambdas/'),
      to: { path: 'node_modules/@aws-sdk', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cdktf-only-in-stacks',
      severity: 'error',
      from: from('^(src|policies|lambdas)/'),
      to: { path: 'node_modules/(cdktf|constructs|@cdktf)' },
    },
    {
      name: 'policies-are-pure',
      severity: 'error',
      from: from('^policies/'),
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'twin-effects-are-never-bundled',
      severity: 'error',
      from: from('^(lambdas|policies|src/(core|engine|aws))/'),
      to: { path: '^src/twin/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|node_modules|\\.sandbox|\\.parapet|coverage|test)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
