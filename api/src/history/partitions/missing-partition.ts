const CHECK_VIOLATION = '23514'

interface PartitionError {
  code: typeof CHECK_VIOLATION
  detail: string
}

/** Whether a statement failed because the partition of a row's day does not exist. */
export function isMissingPartition(error: unknown): error is Error & PartitionError {
  if (!(error instanceof Error) || !('code' in error) || error.code !== CHECK_VIOLATION)
    return false
  const isOfConstraint = 'constraint' in error && Boolean(error.constraint)
  return !isOfConstraint && 'detail' in error && typeof error.detail === 'string'
}

/** The moment (ms since 1970) that found no partition; undefined when the message does not tell. */
export function missingMoment(error: PartitionError): number | undefined {
  const [, date, time = '00:00:00', zone = '+00'] =
    /\((\d{4}-\d\d-\d\d)(?: ([\d:.]+)([+-]\d\d(?::\d\d)?))?\)\.?$/.exec(error.detail) ?? []
  const ms = Date.parse(`${date}T${time}${zone.length === 3 ? `${zone}:00` : zone}`)
  return Number.isNaN(ms) ? undefined : ms
}
