/** The bounds of every operation, on HTTP and on the socket alike. This is the only place that knows them. */
export const LIMITS = {
  /** Levels of fields. */
  depth: 12,
  /** Levels of fields in introspection; the standard query has 15. */
  introspectionDepth: 20,
  /** Names under which one field may be asked for in one selection set. */
  aliases: 15,
  /** Times that one field may be written in one selection set, by several fragments for example. */
  repetitions: 50,
  rootFields: 20,
  /** Directives in the whole document. */
  directives: 50,
  /** Directives at one place. */
  directivesAtOnce: 5,
  tokens: 1_500,
  documentBytes: 100_000,
  /** Cost of one operation. */
  cost: 25_000,
  /** Selections looked at while measuring, fragments unfolded. */
  visits: 20_000,
} as const

/** What an actor may spend on operations: a bucket that refills. */
export const BUDGET = { most: 1_000_000, refillPerSecond: 50_000 } as const

/** How many items a list is taken to have that has neither `first` nor `limit`. */
export const ASSUMED = {
  /** What a connection or a batch holds. */
  page: 50,
  list: 10,
  /** More is refused by the fields themselves, in words that fit. */
  mostItems: 1_000,
} as const

/** The lists through which connections, batches and payloads show their items: as many as their parent was asked for. */
export const PAGED: ReadonlySet<string> = new Set(['nodes', 'edges', 'events', 'results'])

/**
 * What costs more than it looks: `cost` is added for each time the field is answered, `items` is the length of its
 * list. A field of a composite type costs 1 for each object, any other nothing.
 */
export const WEIGHTS: Readonly<Record<string, { cost?: number; items?: number }>> = {
  // Up to 1 MiB of text each.
  'Evidence.body': { cost: 500 },
  'Monitor.latencySeries': { cost: 20 },
  'LatencySeries.points': { items: 300 },
  'Monitor.uptime': { cost: 2 },
  'MonitorConnection.statusCounts': { cost: 10, items: 7 },
  // A request over the network, and the time to wait for it.
  'Mutation.testMonitor': { cost: 1_000 },
  // A transaction that waits for the disk.
  'Mutation.createMonitor': { cost: 50 },
  'Mutation.updateMonitor': { cost: 50 },
  'Mutation.pauseMonitors': { cost: 100 },
  'Mutation.resumeMonitors': { cost: 100 },
  'Mutation.deleteMonitors': { cost: 100 },
  'Mutation.restoreMonitors': { cost: 100 },
  // Ninety days of everything on it; most pages are small.
  'Query.publicStatusPage': { cost: 100 },
  'PublicStatusPage.sections': { items: 4 },
  'StatusPage.sections': { items: 4 },
  'Query.statusPages': { items: 5 },
  'StatusPageComponent.monitors': { items: 2 },
  'Mutation.createStatusPage': { cost: 100 },
  'Mutation.updateStatusPage': { cost: 100 },
  'Mutation.deleteStatusPages': { cost: 100 },
  'Mutation.setComponentStatus': { cost: 50 },
  'Mutation.createComponent': { cost: 50 },
  'Mutation.updateComponent': { cost: 50 },
  'Mutation.deleteComponents': { cost: 100 },
  'Mutation.unlockStatusPage': { cost: 200 },
}
