/** PostgreSQL's classes for a lost connection, exhausted resources (disk full), a shutdown, a lost race. */
const PASSING = /^(08|53|57P|58|40|55P03|25006)/
const PASSING_NODE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT'])
/** What pg throws without a code when its connection breaks or can't be had. */
const PASSING_TEXT =
  /connection terminated|timeout exceeded when trying to connect|not queryable|client has encountered/i

/** Whether trying again later can help: the fault lies with the connection or the server, not with the data. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (code) return PASSING.test(code) || PASSING_NODE.has(code)
  return PASSING_TEXT.test(error.message) || (error.cause ? isDatabaseAway(error.cause) : false)
}
