const CHECK_VIOLATION = '23514'

/**
 * Whether a statement failed because the partition of a row's day does not exist. PostgreSQL does not say which
 * day, since the tables have row-level security.
 */
export function isMissingPartition(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('routine' in error)) return false
  return error.code === CHECK_VIOLATION && error.routine === 'ExecFindPartition'
}
