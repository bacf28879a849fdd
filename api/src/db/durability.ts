import { AppError } from '../lib/app-error.ts'

const NEEDED = ['fsync', 'synchronous_commit', 'full_page_writes'] as const

/** What of the settings makes an acknowledgement less than durable. */
export function weakSettings(settings: Record<string, string>): string[] {
  return NEEDED.filter((name) => (settings[name] ?? 'off') === 'off')
}

/** Throws UNAVAILABLE when the database would acknowledge what a power cut can take back. */
export async function assertDurable(database: {
  query(sql: string): Promise<unknown>
}): Promise<void> {
  const columns = NEEDED.map((name) => `current_setting('${name}') as ${name}`).join(', ')
  const [settings] = (await database.query(`select ${columns}`)) as Record<string, string>[]
  const weak = weakSettings(settings ?? {})
  if (!weak.length) return
  throw new AppError(
    'UNAVAILABLE',
    `The database has ${weak.map((name) => `${name} = off`).join(' and ')}: what it acknowledges can be lost. ` +
      'Switch it on and start again.',
  )
}
