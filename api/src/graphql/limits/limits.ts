/** The bounds of every operation, on HTTP and on the socket alike. */
export const LIMITS = {
  /** Levels of fields; the standard introspection query has 15. */
  depth: 12,
  introspectionDepth: 20,
  /** Times that one field may be asked for under other names in one selection set. */
  aliases: 15,
  rootFields: 20,
  /** Directives in the whole document. */
  directives: 50,
  /** Directives at one place. */
  directivesAtOnce: 5,
  tokens: 1_500,
  documentBytes: 100_000,
  cost: 25_000,
} as const

/** What an actor may spend: a bucket that refills. */
export const BUDGET = { most: 500_000, refillPerSecond: 10_000 } as const
